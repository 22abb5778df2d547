namespace Charlie.Sandbox.Template;

/// <summary>What the sandbox has to know of a resource type to refer to it.</summary>
/// <param name="NameProperty">The property that names it; <c>null</c> when it has only a generated name.</param>
/// <param name="Ref">What <c>Ref</c> gives, from its name.</param>
/// <param name="Attributes">What <c>Fn::GetAtt</c> gives, from its name.</param>
internal sealed record ResourceType(
    string? NameProperty, Func<string, string> Ref, IReadOnlyDictionary<string, Func<string, string>> Attributes);

/// <summary>The resource types that a template may have.</summary>
internal static class ResourceTypes
{
    public const string Function = "AWS::Serverless::Function";
    public const string EventBus = "AWS::Events::EventBus";
    public const string EventBusPolicy = "AWS::Events::EventBusPolicy";
    public const string Rule = "AWS::Events::Rule";
    public const string Schedule = "AWS::Scheduler::Schedule";
    public const string ScheduledAction = "AWS::AutoScaling::ScheduledAction";
    public const string Connection = "AWS::Events::Connection";
    public const string ApiDestination = "AWS::Events::ApiDestination";
    public const string Topic = "AWS::SNS::Topic";
    public const string Subscription = "AWS::SNS::Subscription";
    public const string Queue = "AWS::SQS::Queue";
    public const string LogGroup = "AWS::Logs::LogGroup";
    public const string Role = "AWS::IAM::Role";
    public const string Parameter = "AWS::SSM::Parameter";

    /// <summary>Types without an entry in <see cref="StackReader"/> have no effect: nothing is denied, no alarm is raised.</summary>
    public static IReadOnlyDictionary<string, ResourceType> Known { get; } =
        new Dictionary<string, ResourceType>(Serverless().Concat(InfrastructureTypes.All));

    private static Dictionary<string, ResourceType> Serverless() => new()
    {
        [Function] = Type("FunctionName", Same, ("Arn", Lambda.FunctionConfiguration.ArnOf)),
        [EventBus] = Type("Name", Same, ("Name", Same), ("Arn", name => Account.Arn("events", $"event-bus/{name}"))),
        [EventBusPolicy] = Type(null, Same),

        // A rule's ARN names its bus too; the lookup of a rule puts "bus/name" in for the name.
        [Rule] = Type("Name", name => name.Replace('/', '|'), ("Arn", name => Account.Arn("events", $"rule/{name}"))),
        [Schedule] = Type("Name", Same, ("Arn", name => Account.Arn("scheduler", $"schedule/default/{name}"))),
        [Connection] = Type("Name", Same, ("Arn", name => EventBridge.Destinations.Connection.ArnOf(name, IdOf(name)))),
        [ApiDestination] = Type("Name", Same, ("Arn", name => EventBridge.Destinations.ApiDestination.ArnOf(name, IdOf(name)))),
        [ScheduledAction] = Type(null, Same, ("ScheduledActionName", Same)),
        [Topic] = Type("TopicName", name => Account.Arn("sns", name), ("TopicArn", name => Account.Arn("sns", name)), ("TopicName", Same)),
        ["AWS::SNS::TopicPolicy"] = Type(null, Same),
        [Subscription] = Type(null, name => Account.Arn("sns", name)),
        [Queue] = Type("QueueName", Sqs.Queues.Url, ("Arn", Sqs.Queues.Arn), ("QueueName", Same), ("QueueUrl", Sqs.Queues.Url)),
        [Parameter] = Type("Name", Same),
        ["AWS::SQS::QueuePolicy"] = Type(null, Same),
        ["AWS::Lambda::Permission"] = Type(null, Same),
        [Role] = Type(
            "RoleName", Same, ("Arn", name => $"arn:aws:iam::{Account.Id}:role/{name}"),
            ("RoleId", name => "AROA" + Hex(name)[..17].ToUpperInvariant())),
        ["AWS::IAM::Policy"] = Type("PolicyName", Same),
        ["AWS::IAM::ManagedPolicy"] = Type("ManagedPolicyName", name => $"arn:aws:iam::{Account.Id}:policy/{name}"),
        ["AWS::Logs::ResourcePolicy"] = Type("PolicyName", Same),
        ["AWS::Logs::MetricFilter"] = Type("FilterName", Same),
        ["AWS::Logs::QueryDefinition"] = Type(null, Same),
        ["AWS::CloudWatch::Dashboard"] = Type("DashboardName", Same),
        [LogGroup] = Type("LogGroupName", Same, ("Arn", name => Account.Arn("logs", $"log-group:{name}:*"))),
        ["AWS::CloudWatch::Alarm"] = Type("AlarmName", Same, ("Arn", name => Account.Arn("cloudwatch", $"alarm:{name}"))),
        ["AWS::EC2::SecurityGroup"] = Type(
            "GroupName", GroupId, ("GroupId", GroupId), ("Id", GroupId), ("VpcId", _ => "vpc-0123456789abcdef0")),
    };

    /// <summary>The name that CloudFormation would make up: stack, logical id and twelve characters, the same each time.</summary>
    public static string GeneratedName(string stackName, string logicalId)
    {
        var suffix = Hex(stackName + "/" + logicalId)[..12].ToUpperInvariant();
        var stem = $"{stackName}-{logicalId}";
        // 64 characters at most, the limit of functions and rules.
        return $"{stem[..Math.Min(stem.Length, 51)]}-{suffix}";
    }

    /// <summary>The id that AWS would draw for a resource, the same each time.</summary>
    public static string IdOf(string name) => Hex(name) is var hex
        ? $"{hex[..8]}-{hex[8..12]}-4{hex[13..16]}-8{hex[17..20]}-{hex[20..32]}"
        : "";

    private static string GroupId(string name) => "sg-0" + Hex(name)[..16];

    private static string Hex(string text) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));

    private static string Same(string name) => name;

    private static ResourceType Type(
        string? nameProperty, Func<string, string> reference, params (string Name, Func<string, string> Of)[] attributes) =>
        new(nameProperty, reference, attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Of));
}
