using Charlie.Sandbox.S3;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.CloudFormation;

/// <summary>CloudFormation's API, as far as <c>aws cloudformation deploy</c> and <c>delete-stack</c> go.</summary>
internal sealed class CloudFormationApi : IAwsApi
{
    private static readonly PlayedOperations Played = PlayedOperations.Of("""
        CreateChangeSet StackName ChangeSetName ChangeSetType TemplateBody TemplateURL Description Capabilities.n
          Parameters.n.ParameterKey Parameters.n.ParameterValue Parameters.n.UsePreviousValue
          Tags.n.Key Tags.n.Value
        DeleteStack StackName
        DescribeChangeSet ChangeSetName StackName
        DescribeStacks StackName NextToken
        ExecuteChangeSet ChangeSetName StackName DisableRollback
        GetTemplateSummary StackName
        """);

    private readonly Stacks stacks;
    private readonly Dictionary<string, Func<AwsRequest, AwsResponse>> operations;

    public CloudFormationApi(Stacks stacks, ObjectStore objects, TimeProvider time)
    {
        this.stacks = stacks;
        var changes = new ChangeSetApi(stacks, objects, time);
        operations = new(StringComparer.Ordinal)
        {
            ["CreateChangeSet"] = changes.Create,
            ["DescribeChangeSet"] = changes.Describe,
            ["ExecuteChangeSet"] = changes.Execute,
            ["DescribeStacks"] = DescribeStacks,
            ["GetTemplateSummary"] = Summarize,
            ["DeleteStack"] = Delete,
        };
    }

    public string Service => "cloudformation";

    public AwsProtocol Protocol => AwsProtocol.Query;

    public PlayedOperations Operations => Played;

    public AwsResponse Respond(AwsRequest request) => operations[request.Action](request);

    /// <exception cref="AwsException">The request has no such parameter.</exception>
    internal static string Required(AwsRequest request, string name) => request.Parameters.GetValueOrDefault(name) is { Length: > 0 } value
        ? value
        : throw new AwsException("ValidationError", $"1 validation error detected: Value null at '{char.ToLowerInvariant(name[0])}{name[1..]}' failed to satisfy constraint: Member must not be null");

    internal static AwsException Unknown(string name) => new("ValidationError", $"Stack with id {name} does not exist");

    private AwsResponse DescribeStacks(AwsRequest request)
    {
        IEnumerable<DescribedStack> asked = request.Parameters.GetValueOrDefault("StackName") is { } name
            ? [stacks.Find(name) ?? throw Unknown(name)]
            : stacks.All;
        var page = Paging.Take(
            asked,
            stack => stack.Name,
            request.Parameters.GetValueOrDefault("NextToken"),
            null,
            () => new AwsException("ValidationError", "Invalid NextToken"));
        return XmlResponse.Query(request, xml =>
        {
            xml.List("Stacks", "member", page.Items, stack => Write(xml, stack));
            xml.Element("NextToken", page.NextToken);
        });
    }

    private AwsResponse Summarize(AwsRequest request)
    {
        var name = Required(request, "StackName");
        var stack = stacks.Find(name) ?? throw Unknown(name);
        var declared = stack.Template is null ? [] : Template.TemplateDocument.Parse(stack.Template).Parameters.Values;
        return XmlResponse.Query(request, xml => xml.List("Parameters", "member", declared, parameter =>
        {
            xml.Element("ParameterKey", parameter.Name);
            xml.Element("DefaultValue", parameter.Default);
            xml.Element("ParameterType", parameter.Type);
        }));
    }

    // A stack that is not there is deleted already.
    private AwsResponse Delete(AwsRequest request)
    {
        if (stacks.Find(Required(request, "StackName")) is { Status: not DescribedStack.Deleting } stack)
        {
            stacks.Put(stack with { Status = DescribedStack.Deleting });
            if (stacks.Deployer is { } deployer && stack.Template is not null)
            {
                deployer.Delete(stack, failure => End(stack, failure));
            }
            else
            {
                stacks.Remove(stack.Name);
            }
        }

        return XmlResponse.Query(request);
    }

    private void End(DescribedStack stack, string? failure)
    {
        if (failure is null)
        {
            stacks.Remove(stack.Name);
        }
        else
        {
            stacks.Put(stack with { Status = "DELETE_FAILED", StatusReason = failure });
        }
    }

    private static void Write(XmlResponse xml, DescribedStack stack)
    {
        xml.Element("StackId", stack.Id);
        xml.Element("StackName", stack.Name);
        xml.List("Parameters", "member", stack.Parameters, parameter =>
        {
            xml.Element("ParameterKey", parameter.Key);
            xml.Element("ParameterValue", parameter.Value);
        });
        xml.Element("CreationTime", stack.CreatedAt);
        xml.Element("StackStatus", stack.Status);
        xml.Element("StackStatusReason", stack.StatusReason);
        xml.List("Outputs", "member", stack.Outputs, output =>
        {
            xml.Element("OutputKey", output.Key);
            xml.Element("OutputValue", output.Value);
        });
        xml.List("Tags", "member", stack.Tags, tag =>
        {
            xml.Element("Key", tag.Key);
            xml.Element("Value", tag.Value);
        });
    }
}
