using System.Text;
using Charlie.Sandbox.S3;
using Charlie.Sandbox.Template;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.CloudFormation;

/// <summary>The operations on change sets: the way in which <c>aws cloudformation deploy</c> makes and updates a stack.</summary>
internal sealed class ChangeSetApi(Stacks stacks, ObjectStore objects, TimeProvider time)
{
    // CloudFormation's most of a template in the request itself; a greater one is put into a bucket.
    private const int LargestBody = 51_200;

    private const string NoChange =
        "The submitted information didn't contain changes. Submit different information to create a change set.";

    public AwsResponse Create(AwsRequest request)
    {
        var (name, stack) = (CloudFormationApi.Required(request, "ChangeSetName"), CloudFormationApi.Required(request, "StackName"));
        var before = stacks.Find(stack) is { Status: not DescribedStack.Reviewed } there ? there : null;
        var isNew = request.Parameters.GetValueOrDefault("ChangeSetType") == "CREATE";
        if (isNew != before is null)
        {
            throw isNew
                ? new AwsException("ValidationError", $"Stack [{stack}] already exists and cannot be created again with the changeSet [{name}].")
                : CloudFormationApi.Unknown(stack);
        }

        if (before is { Status: DescribedStack.Deleting })
        {
            throw new AwsException("ValidationError", $"Stack:{before.Id} is in {before.Status} state and can not be updated.");
        }

        var (template, parameters) = (TemplateOf(request), ParametersOf(request, before));
        var id = Account.Arn("cloudformation", $"changeSet/{name}/{stack}");
        stacks.ChangeSets[id] = new ChangeSet(
            id, name, stack, template, parameters, time.GetUtcNow(), Failure(stack, template, parameters, before))
        {
            Tags = ParametersNode(request).Structures("Tags").ToDictionary(tag => tag.Required("Key"), tag => tag.Text("Value") ?? ""),
        };
        if (before is null)
        {
            stacks.Put(new DescribedStack(stack, time.GetUtcNow(), parameters, new Dictionary<string, string>())
            {
                Status = DescribedStack.Reviewed,
            });
        }

        return XmlResponse.Query(request, xml =>
        {
            xml.Element("Id", id);
            xml.Element("StackId", stacks.Find(stack)!.Id);
        });
    }

    public AwsResponse Describe(AwsRequest request)
    {
        var set = Get(request);
        return XmlResponse.Query(request, xml =>
        {
            xml.Element("ChangeSetName", set.Name);
            xml.Element("ChangeSetId", set.Id);
            xml.Element("StackName", set.Stack);
            xml.Element("CreationTime", set.At);
            xml.Element(
                "ExecutionStatus", set.IsDone ? "EXECUTE_COMPLETE" : set.Failure is null ? "AVAILABLE" : "UNAVAILABLE");
            xml.Element("Status", set.Failure is null ? "CREATE_COMPLETE" : "FAILED");
            xml.Element("StatusReason", set.Failure);
        });
    }

    public AwsResponse Execute(AwsRequest request)
    {
        var set = Get(request);
        // What is made is made at once or not at all, so that there is nothing to keep of a failure.
        _ = request.Parameters.GetValueOrDefault("DisableRollback");
        if (set.Failure is not null || set.IsDone)
        {
            throw new AwsException(
                "InvalidChangeSetStatus", $"ChangeSet [{set.Id}] cannot be executed in its current status of [{(set.IsDone ? "EXECUTE_COMPLETE" : "FAILED")}]");
        }

        var before = stacks.Find(set.Stack) is { Status: not DescribedStack.Reviewed } there ? there : null;
        stacks.ChangeSets[set.Id] = set with { IsDone = true };
        var made = new DescribedStack(set.Stack, before?.CreatedAt ?? time.GetUtcNow(), set.Parameters, new Dictionary<string, string>())
        {
            Template = set.Template,
            Tags = set.Tags,
        };
        try
        {
            var outputs = Deployer.Deploy(set.Stack, set.Template, set.Parameters, before);
            stacks.Put(made with { Outputs = outputs, Status = before is null ? DescribedStack.Complete : "UPDATE_COMPLETE" });
        }
        catch (TemplateException error)
        {
            stacks.Put((before ?? made) with
            {
                Status = before is null ? "ROLLBACK_COMPLETE" : "UPDATE_ROLLBACK_COMPLETE",
                StatusReason = error.Message,
            });
        }

        return XmlResponse.Query(request, _ => { });
    }

    private IStackDeployer Deployer => stacks.Deployer
        ?? throw new AwsException("ValidationError", "This sandbox deploys no templates.");

    private string? Failure(string stack, string template, Dictionary<string, string> parameters, DescribedStack? before)
    {
        if (before is not null && before.Template == template && before.Parameters.Count == parameters.Count
            && before.Parameters.All(pair => parameters.GetValueOrDefault(pair.Key) == pair.Value))
        {
            return NoChange;
        }

        try
        {
            Deployer.Check(stack, template, parameters, before);
            return null;
        }
        catch (TemplateException error)
        {
            return error.Message;
        }
    }

    private ChangeSet Get(AwsRequest request)
    {
        var (name, stack) = (CloudFormationApi.Required(request, "ChangeSetName"), request.Parameters.GetValueOrDefault("StackName"));
        return stacks.ChangeSets.GetValueOrDefault(name)
            ?? stacks.ChangeSets.Values.LastOrDefault(set => set.Name == name && set.Stack == stack)
            ?? throw new AwsException("ChangeSetNotFound", $"ChangeSet [{name}] does not exist", 404);
    }

    private string TemplateOf(AwsRequest request)
    {
        if (request.Parameters.GetValueOrDefault("TemplateURL") is { } url)
        {
            // https://s3.<region>.amazonaws.com/<bucket>/<key>
            var parts = Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.AbsolutePath.TrimStart('/').Split('/', 2) : [];
            return parts is [var bucket, var key] && objects.Get(bucket, Uri.UnescapeDataString(key)) is { } content
                ? Encoding.UTF8.GetString(content.Span)
                : throw new AwsException("ValidationError", "S3 error: The specified key does not exist.");
        }

        var body = CloudFormationApi.Required(request, "TemplateBody");
        return body.Length <= LargestBody
            ? body
            : throw new AwsException(
                "ValidationError", $"1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to {LargestBody}");
    }

    private static QueryParameters ParametersNode(AwsRequest request) =>
        new(ParameterNode.Parse(request.Parameters), ParameterErrors.Instance);

    private static Dictionary<string, string> ParametersOf(AwsRequest request, DescribedStack? before)
    {
        // What the caller may do is not played: capabilities are taken as they come.
        _ = ParametersNode(request).List("Capabilities");
        var given = ParametersNode(request).Structures("Parameters");
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var one in given)
        {
            var key = one.Required("ParameterKey");
            if (one.Flag("UsePreviousValue") is true)
            {
                if (before?.Parameters.GetValueOrDefault(key) is { } kept)
                {
                    parameters[key] = kept;
                }
            }
            else
            {
                parameters[key] = one.Text("ParameterValue") ?? "";
            }
        }

        _ = request.Parameters.GetValueOrDefault("Description");
        return parameters;
    }

    private sealed class ParameterErrors : IParameterErrors
    {
        public static readonly ParameterErrors Instance = new();

        public AwsException Missing(string name) => new("ValidationError", $"{name} is required");

        public AwsException Malformed(string name, string value, string expected) =>
            new("ValidationError", $"{name} is '{value}' but must be {expected}");

        public AwsException OutOfRange(string name, int value, int min, int max) =>
            new("ValidationError", $"{name} is {value} but must be from {min} to {max}");
    }
}
