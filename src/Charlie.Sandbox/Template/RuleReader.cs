using Charlie.Sandbox.EventBridge;
using Charlie.Sandbox.EventBridge.Patterns;

namespace Charlie.Sandbox.Template;

/// <summary>Reads rules and their targets, of CloudFormation's and SAM's shapes.</summary>
internal static class RuleReader
{
    private static readonly string[] Inputs = ["Input", "InputPath", "InputTransformer"];

    public static RuleModel Rule(string logicalId, string name, TemplateNode properties)
    {
        properties.Only(
            ResourceTypes.Rule, "Name", "Description", "EventBusName", "EventPattern", "ScheduleExpression",
            "State", "RoleArn", "Targets", "Tags");
        if (properties["EventPattern"].IsAbsent && properties["ScheduleExpression"].IsAbsent)
        {
            throw properties.Wrong("EventPattern or ScheduleExpression is needed");
        }

        var bus = properties["EventBusName"].Text() ?? EventBus.Default;
        if (!properties["ScheduleExpression"].IsAbsent && bus != EventBus.Default)
        {
            throw properties["ScheduleExpression"].Wrong("schedules are possible on the default event bus only");
        }

        var settings = new RuleSettings(name)
        {
            LogicalId = logicalId,
            Description = properties["Description"].Text(),
            Pattern = Pattern(properties["EventPattern"]),
            Schedule = Schedule(properties["ScheduleExpression"]),
            Enabled = properties["State"].OneOf("ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS") != "DISABLED",
            RoleArn = properties["RoleArn"].Text(),
        };
        return new RuleModel(properties.Path, bus, settings, [.. properties["Targets"].Elements().Select(Target)]);
    }

    public static EventPattern? Pattern(TemplateNode node)
    {
        try
        {
            return node.Json() is { } text ? EventPattern.Parse(text) : null;
        }
        catch (InvalidEventPatternException refused)
        {
            throw node.Wrong($"is not a valid event pattern: {refused.Message}");
        }
    }

    public static ScheduleExpression? Schedule(TemplateNode node)
    {
        try
        {
            return node.Text() is { } text ? ScheduleExpression.Parse(text) : null;
        }
        catch (FormatException refused)
        {
            throw node.Wrong(refused.Message);
        }
    }

    /// <summary>A target with the input, retry and dead-letter settings that rules and SAM's events have in common.</summary>
    public static RuleTarget With(RuleTarget target, TemplateNode properties)
    {
        if (Inputs.Count(name => !properties[name].IsAbsent) > 1)
        {
            throw properties.Wrong("only one of Input, InputPath and InputTransformer may be given");
        }

        var transformer = properties["InputTransformer"].Only("InputTransformer", "InputPathsMap", "InputTemplate");
        var retry = properties["RetryPolicy"].Only("RetryPolicy", "MaximumRetryAttempts", "MaximumEventAgeInSeconds");
        var deadLetter = properties["DeadLetterConfig"].Only("DeadLetterConfig", "Arn");
        return target with
        {
            Input = properties["Input"].Text(),
            InputPath = properties["InputPath"].Text(),
            InputTransformer = transformer.IsAbsent
                ? null
                : new InputTransformer(
                    transformer["InputPathsMap"].Members().ToDictionary(member => member.Name, member => member.Node.Required()),
                    transformer["InputTemplate"].Required()),
            RetryPolicy = new RetryPolicy(
                retry["MaximumRetryAttempts"].Integer(0, 185) ?? new RetryPolicy().MaximumRetryAttempts,
                retry["MaximumEventAgeInSeconds"].Integer(60, 86_400) ?? new RetryPolicy().MaximumEventAgeInSeconds),
            DeadLetterArn = deadLetter.IsAbsent ? null : deadLetter["Arn"].Required(),
        };
    }

    private static Dictionary<string, string> Texts(TemplateNode node) =>
        node.Members().ToDictionary(member => member.Name, member => member.Node.Required());

    private static RuleTarget Target(TemplateNode node)
    {
        node.Only("a target", "Id", "Arn", "RoleArn", "Input", "InputPath", "InputTransformer", "RetryPolicy", "DeadLetterConfig",
            "HttpParameters");
        var http = node["HttpParameters"].Only("HttpParameters", "PathParameterValues", "HeaderParameters", "QueryStringParameters");
        var target = new RuleTarget(node["Id"].Required(), node["Arn"].Required())
        {
            RoleArn = node["RoleArn"].Text(),
            Http = http.IsAbsent
                ? null
                : new HttpParameters(
                    [.. http["PathParameterValues"].Elements().Select(value => value.Required())],
                    Texts(http["HeaderParameters"]),
                    Texts(http["QueryStringParameters"])),
        };
        return With(target, node);
    }
}
