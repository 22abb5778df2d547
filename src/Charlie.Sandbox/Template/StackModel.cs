using System.Text.Json.Nodes;
using Charlie.Sandbox.EventBridge;
using Charlie.Sandbox.EventBridge.Destinations;
using Charlie.Sandbox.Lambda;
using Charlie.Sandbox.Schedules;

namespace Charlie.Sandbox.Template;

/// <summary>What a stack is to be made of, all references put in.</summary>
public sealed record StackModel(string StackName)
{
    public IReadOnlyList<FunctionConfiguration> Functions { get; init; } = [];

    public IReadOnlyList<BusModel> Buses { get; init; } = [];

    public IReadOnlyList<BusStatementModel> BusStatements { get; init; } = [];

    public IReadOnlyList<RuleModel> Rules { get; init; } = [];

    public IReadOnlyList<Schedule> Schedules { get; init; } = [];

    public IReadOnlyList<ScheduledActionModel> ScheduledActions { get; init; } = [];

    public IReadOnlyList<TopicModel> Topics { get; init; } = [];

    public IReadOnlyList<SubscriptionModel> Subscriptions { get; init; } = [];

    /// <summary>The log groups' names.</summary>
    public IReadOnlyList<string> LogGroups { get; init; } = [];

    /// <summary>The queues' names.</summary>
    public IReadOnlyList<string> Queues { get; init; } = [];

    public IReadOnlyList<ConnectionModel> Connections { get; init; } = [];

    public IReadOnlyList<ApiDestinationModel> ApiDestinations { get; init; } = [];

    public IReadOnlyList<RoleModel> Roles { get; init; } = [];

    /// <summary>Parameter Store's parameters.</summary>
    public IReadOnlyList<StoredParameterModel> StoredParameters { get; init; } = [];

    /// <summary>What the stack makes of the machine side, as the template lists it.</summary>
    public IReadOnlyList<InfrastructureModel> Infrastructure { get; init; } = [];

    /// <summary>The names of the resources that stay when the stack is deleted.</summary>
    public IReadOnlySet<string> Retained { get; init; } = new HashSet<string>();

    public IReadOnlyDictionary<string, string> Outputs { get; init; } = new Dictionary<string, string>();
}

public sealed record BusModel(string LogicalId, string Name, string? Description);

/// <summary>A statement of a bus's resource policy.</summary>
/// <param name="BusName">A name, or an ARN.</param>
public sealed record BusStatementModel(string BusName, JsonObject Statement);

/// <param name="BusName">A name, or an ARN.</param>
public sealed record RuleModel(string Path, string BusName, RuleSettings Settings, IReadOnlyList<RuleTarget> Targets);

/// <param name="Properties">As PutScheduledUpdateGroupAction takes them.</param>
public sealed record ScheduledActionModel(string Path, IReadOnlyDictionary<string, string> Properties);

/// <param name="Authorization">With references to secrets as the template has them.</param>
public sealed record ConnectionModel(string Path, string Name, ConnectionAuthorization Authorization, string? Description);

/// <param name="Rate">Requests a second; <c>null</c> for EventBridge's own.</param>
public sealed record ApiDestinationModel(
    string Arn, string Name, string ConnectionArn, string Endpoint, string Method, int? Rate, string? Description);

/// <param name="Statements">Of all its own policies.</param>
public sealed record RoleModel(string Path, string Arn, JsonArray Statements);

public sealed record TopicModel(string LogicalId, string Name, string? DisplayName);

public sealed record SubscriptionModel(string TopicArn, string Protocol, string? Endpoint);

/// <param name="Type"><c>String</c>; CloudFormation makes no <c>SecureString</c>.</param>
public sealed record StoredParameterModel(string Name, string Type, string Value);

/// <param name="Id">What <c>Ref</c> gives where it is not known only once the resource is made.</param>
/// <param name="Properties">As the template has them, with all references put in.</param>
public sealed record InfrastructureModel(string LogicalId, string Type, string Id, string Name, JsonNode? Properties);
