using Charlie.Sandbox.EventBridge;
using Charlie.Sandbox.Lambda;

namespace Charlie.Sandbox.Template;

/// <summary>Reads an <c>AWS::Serverless::Function</c>: the function, and the rules that SAM makes of its events.</summary>
/// <param name="properties">With <c>Globals</c> and all references put in.</param>
internal sealed class FunctionReader(string logicalId, string name, TemplateNode properties)
{
    /// <summary>Read here, or without effect: the sandbox runs the program that it is given, with no role and in no VPC.</summary>
    private static readonly string[] Known =
    [
        "FunctionName", "Handler", "Timeout", "MemorySize", "Environment", "Events",
        "EventInvokeConfig", "DeadLetterQueue", "LoggingConfig",
        "ReservedConcurrentExecutions", "CodeUri", "Runtime", "Architectures", "Description",
        "Tags", "Role", "Policies", "PermissionsBoundary", "VpcConfig",
        "PackageType", "Tracing", "EphemeralStorage", "Layers", "KmsKeyArn", "RuntimeManagementConfig", "RecursiveLoop",
    ];

    /// <summary>Variables that Lambda sets and that no template may set.</summary>
    private static readonly string[] Reserved =
    [
        "_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION",
        "AWS_EXECUTION_ENV", "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
        "AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME",
        "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR",
    ];

    public FunctionConfiguration Configuration()
    {
        properties.Only(ResourceTypes.Function, Known);
        var invoke = properties["EventInvokeConfig"]
            .Only("EventInvokeConfig", "MaximumRetryAttempts", "MaximumEventAgeInSeconds", "DestinationConfig");
        var destinations = invoke["DestinationConfig"].Only("DestinationConfig", "OnSuccess", "OnFailure");
        var logging = properties["LoggingConfig"].Only("LoggingConfig", "LogFormat", "LogGroup", "ApplicationLogLevel", "SystemLogLevel");
        var deadLetter = properties["DeadLetterQueue"].Only("DeadLetterQueue", "Type", "TargetArn");
        return new FunctionConfiguration(name, properties["Handler"].Required())
        {
            LogicalId = logicalId,
            Timeout = TimeSpan.FromSeconds(properties["Timeout"].Integer(1, 900) ?? 3),
            MemorySize = properties["MemorySize"].Integer(128, 10_240) ?? 128,
            Environment = Variables(),
            JsonLogs = logging["LogFormat"].OneOf("JSON", "Text") == "JSON",
            LogGroup = logging["LogGroup"].Text(),
            ReservedConcurrency = properties["ReservedConcurrentExecutions"].Integer(0, 1000),
            MaximumRetryAttempts = invoke["MaximumRetryAttempts"].Integer(0, 2) ?? 2,
            MaximumEventAge = TimeSpan.FromSeconds(invoke["MaximumEventAgeInSeconds"].Integer(60, 21_600) ?? 21_600),
            OnSuccess = Destination(destinations["OnSuccess"]),
            OnFailure = Destination(destinations["OnFailure"]),
            DeadLetterArn = deadLetter.IsAbsent ? null : deadLetter["TargetArn"].Required(),
        };
    }

    public IEnumerable<RuleModel> Rules(string stackName) =>
        properties["Events"].Members().Select(member => Rule(stackName, member.Name, member.Node));

    private Dictionary<string, string> Variables()
    {
        var variables = new Dictionary<string, string>();
        foreach (var (variable, value) in properties["Environment"].Only("Environment", "Variables")["Variables"].Members())
        {
            variables[variable] = Reserved.Contains(variable)
                ? throw value.Wrong("is a variable that Lambda sets itself")
                : value.Required();
        }

        return variables;
    }

    private static string? Destination(TemplateNode node)
    {
        node.Only("a destination", "Type", "Destination");
        node["Type"].OneOf("SQS", "SNS", "Lambda", "EventBridge");
        return node.IsAbsent ? null : node["Destination"].Required();
    }

    private RuleModel Rule(string stackName, string eventName, TemplateNode node)
    {
        var type = node["Type"].OneOf("EventBridgeRule", "CloudWatchEvent", "Schedule") ?? throw node["Type"].Wrong("is missing");
        var ruleLogicalId = logicalId + eventName;
        var given = node["Properties"];
        string[] common = ["Input", "RetryPolicy", "DeadLetterConfig", "State"];
        given.Only($"a {type} event", type == "Schedule"
            ? [.. common, "Schedule", "Name", "Description", "Enabled"]
            : [.. common, "Pattern", "EventBusName", "InputPath", "InputTransformer", "RuleName", "Target"]);
        var ruleName = (type == "Schedule" ? given["Name"] : given["RuleName"]).Text();
        var settings = new RuleSettings(ruleName ?? ResourceTypes.GeneratedName(stackName, ruleLogicalId))
        {
            LogicalId = ruleLogicalId,
            Description = given["Description"].Text(),
            Pattern = type == "Schedule" ? null : RuleReader.Pattern(given["Pattern"]) ?? throw given["Pattern"].Wrong("is missing"),
            Schedule = type == "Schedule" ? RuleReader.Schedule(given["Schedule"]) ?? throw given["Schedule"].Wrong("is missing") : null,
            Enabled = given["State"].OneOf("ENABLED", "DISABLED") != "DISABLED" && given["Enabled"].OneOf("true", "false") != "false",
        };
        var target = new RuleTarget(given["Target"]["Id"].Text() ?? ruleLogicalId + "LambdaTarget", FunctionConfiguration.ArnOf(name));
        return new RuleModel(given.Path, given["EventBusName"].Text() ?? EventBus.Default, settings, [RuleReader.With(target, given)]);
    }
}
