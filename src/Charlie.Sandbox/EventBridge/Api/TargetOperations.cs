using System.Text.Json.Nodes;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.EventBridge.Api;

/// <summary>The operations on a rule's targets.</summary>
internal sealed class TargetOperations(RuleOperations rules)
{
    private const int MaximumTargets = 5;

    public JsonObject PutTargets(JsonArguments arguments)
    {
        var rule = rules.Existing(arguments, "Rule").Rule;
        var targets = (arguments.Objects("Targets")
            ?? throw JsonArguments.Constraint("targets", null, "Member must not be null")).Select(Read).ToList();
        if (targets.Count == 0)
        {
            throw JsonArguments.Constraint("targets", "[]", "Member must have length greater than or equal to 1");
        }

        if (rule.Targets.Select(target => target.Id).Union(targets.Select(target => target.Id)).Count() > MaximumTargets)
        {
            throw new AwsException("LimitExceededException", "The requested resource exceeds the maximum number allowed.");
        }

        foreach (var target in targets)
        {
            rule.Put(target);
        }

        return new JsonObject { ["FailedEntryCount"] = 0, ["FailedEntries"] = new JsonArray() };
    }

    public JsonObject RemoveTargets(JsonArguments arguments)
    {
        var rule = rules.Existing(arguments, "Rule").Rule;
        foreach (var id in arguments.Texts("Ids") ?? throw JsonArguments.Constraint("ids", null, "Member must not be null"))
        {
            rule.Remove(id);
        }

        return new JsonObject { ["FailedEntryCount"] = 0, ["FailedEntries"] = new JsonArray() };
    }

    public JsonObject ListTargetsByRule(JsonArguments arguments) =>
        EventsPage.Write("Targets", rules.Existing(arguments, "Rule").Rule.Targets, Describe, arguments);

    private static RuleTarget Read(JsonArguments target)
    {
        var id = target.Required("Id", 64, @"[\.\-_A-Za-z0-9]+");
        var arn = target.Required("Arn", 1600);
        if (!arn.StartsWith("arn:", StringComparison.Ordinal) || arn.Split(':').Length < 6)
        {
            throw new AwsException("ValidationException", $"Parameter {arn} is not valid. Reason: Provided Arn is not in correct format.");
        }

        var made = new RuleTarget(id, arn)
        {
            Input = target.Text("Input", 8192),
            InputPath = target.Text("InputPath", 256),
            InputTransformer = target.Object("InputTransformer") is { } transformer
                ? new InputTransformer(transformer.Map("InputPathsMap"), transformer.Required("InputTemplate", 8192))
                : null,
            DeadLetterArn = target.Object("DeadLetterConfig")?.Text("Arn", 1600),
            RetryPolicy = target.Object("RetryPolicy") is { } retry
                ? new RetryPolicy(retry.Number("MaximumRetryAttempts", 0, 185) ?? 185,
                    retry.Number("MaximumEventAgeInSeconds", 60, 86_400) ?? 86_400)
                : new RetryPolicy(),
            RoleArn = target.Text("RoleArn", 1600),
            Http = target.Object("HttpParameters") is { } http
                ? new HttpParameters(
                    http.Texts("PathParameterValues") ?? [], http.Map("HeaderParameters"), http.Map("QueryStringParameters"))
                : null,
        };
        if (made.RoleArn is null && arn.StartsWith(Account.Arn("events", "api-destination/"), StringComparison.Ordinal))
        {
            throw new AwsException("ValidationException", $"RoleArn is required for target {arn}.");
        }

        if (new object?[] { made.Input, made.InputPath, made.InputTransformer }.Count(input => input is not null) > 1)
        {
            throw new AwsException(
                "ValidationException", $"Only one of Input, InputPath, or InputTransformer must be provided for target {id}.");
        }

        return InputProblem(made) is { } problem
            ? throw new AwsException("ValidationException", $"Parameter {problem} for target {id}.")
            : made;
    }

    /// <summary>What is wrong with a target's input settings, if anything is.</summary>
    private static string? InputProblem(RuleTarget target)
    {
        if (target.Input is { } input && !IsJson(input))
        {
            return "Input is not valid. Reason: JSON syntax error";
        }

        if (target.InputPath is { } path && !path.StartsWith('$'))
        {
            return "InputPath is not valid. Reason: a JSON path starts with $";
        }

        return target.InputTransformer?.InputPathsMap.Keys.FirstOrDefault(
            key => key.StartsWith("aws.", StringComparison.OrdinalIgnoreCase)) is { } reserved
            ? $"InputPathsMap is not valid. Reason: the name {reserved} is reserved"
            : null;
    }

    private static JsonObject Texts(IReadOnlyDictionary<string, string> map) =>
        new(map.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));

    private static bool IsJson(string text)
    {
        try
        {
            EventJson.Parse(text);
            return true;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }

    private static JsonObject Describe(RuleTarget target)
    {
        var document = new JsonObject { ["Id"] = target.Id, ["Arn"] = target.Arn };
        BusOperations.Optional(document, "Input", target.Input);
        BusOperations.Optional(document, "InputPath", target.InputPath);
        BusOperations.Optional(document, "RoleArn", target.RoleArn);
        if (target.InputTransformer is { } transformer)
        {
            document["InputTransformer"] = new JsonObject
            {
                ["InputPathsMap"] = Texts(transformer.InputPathsMap),
                ["InputTemplate"] = transformer.InputTemplate,
            };
        }

        if (target.Http is { } http)
        {
            document["HttpParameters"] = new JsonObject
            {
                ["PathParameterValues"] = new JsonArray([.. http.Path.Select(value => (JsonNode)value)]),
                ["HeaderParameters"] = Texts(http.Headers),
                ["QueryStringParameters"] = Texts(http.Query),
            };
        }

        if (target.DeadLetterArn is { } arn)
        {
            document["DeadLetterConfig"] = new JsonObject { ["Arn"] = arn };
        }

        if (target.RetryPolicy != new RetryPolicy())
        {
            document["RetryPolicy"] = new JsonObject
            {
                ["MaximumRetryAttempts"] = target.RetryPolicy.MaximumRetryAttempts,
                ["MaximumEventAgeInSeconds"] = target.RetryPolicy.MaximumEventAgeInSeconds,
            };
        }

        return document;
    }
}
