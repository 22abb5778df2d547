using Charlie.Sandbox.Lambda;
using Charlie.Sandbox.Schedules;

namespace Charlie.Sandbox.Template;

/// <summary>Reads the resources of a template whose parameters have values.</summary>
internal sealed class StackReader
{
    // Parameter Store's most for a parameter of tier Standard.
    private const int MaxStoredValue = 4096;

    private readonly References references;
    private readonly Intrinsics intrinsics;
    private readonly List<FunctionConfiguration> functions = [];
    private readonly List<BusModel> buses = [];
    private readonly List<BusStatementModel> statements = [];
    private readonly List<RuleModel> rules = [];
    private readonly List<Schedule> schedules = [];
    private readonly List<ScheduledActionModel> scheduledActions = [];
    private readonly List<TopicModel> topics = [];
    private readonly List<SubscriptionModel> subscriptions = [];
    private readonly List<string> queues = [];
    private readonly List<string> logGroups = [];
    private readonly List<ConnectionModel> connections = [];
    private readonly List<ApiDestinationModel> apiDestinations = [];
    private readonly List<RoleModel> roles = [];
    private readonly List<StoredParameterModel> storedParameters = [];
    private readonly List<InfrastructureModel> infrastructure = [];
    private readonly HashSet<string> retained = [];

    private StackReader(References references, Intrinsics intrinsics)
    {
        this.references = references;
        this.intrinsics = intrinsics;
    }

    public static StackModel Read(
        TemplateDocument document, string stackName, ParameterValues parameters, IReadOnlyDictionary<string, string> made)
    {
        var references = new References(document, stackName, parameters, made);
        var intrinsics = new Intrinsics(document, references);
        intrinsics.Conditions.CheckRules();
        var reader = new StackReader(references, intrinsics);
        foreach (var (logicalId, resource) in document["Resources"].Members())
        {
            if (resource["Condition"].Text() is not { } condition || intrinsics.Conditions.IsTrue(condition, resource["Condition"].Path))
            {
                reader.Add(logicalId, resource, document["Globals"]["Function"]);
            }
        }

        return new StackModel(stackName)
        {
            Functions = reader.functions,
            Buses = reader.buses,
            BusStatements = reader.statements,
            Rules = reader.rules,
            Schedules = reader.schedules,
            ScheduledActions = reader.scheduledActions,
            Topics = reader.topics,
            Subscriptions = reader.subscriptions,
            Queues = reader.queues,
            LogGroups = reader.logGroups,
            Connections = reader.connections,
            ApiDestinations = reader.apiDestinations,
            Roles = reader.roles,
            StoredParameters = reader.storedParameters,
            Infrastructure = reader.infrastructure,
            Retained = reader.retained,
            Outputs = document["Outputs"].Members()
                .Where(output => output.Node["Condition"].Text() is not { } condition
                    || intrinsics.Conditions.IsTrue(condition, output.Node.Path))
                .ToDictionary(output => output.Name, output => intrinsics.Resolve(output.Node["Value"]).Required()),
        };
    }

    private void Add(string logicalId, TemplateNode resource, TemplateNode globals)
    {
        var type = resource["Type"].Required();
        var name = references.NameOf(logicalId, type, resource, intrinsics);
        var written = type == ResourceTypes.Function ? Globals.Merge(globals, resource["Properties"]) : resource["Properties"];
        // Every reference is resolved, also in properties without an effect here: AWS refuses one that leads nowhere too.
        var properties = intrinsics.Resolve(written);
        if (resource["DeletionPolicy"].Text() is "Retain" or "RetainExceptOnCreate")
        {
            retained.Add(name);
        }

        if (InfrastructureTypes.Made.Contains(type))
        {
            infrastructure.Add(new InfrastructureModel(logicalId, type, ResourceTypes.Known[type].Ref(name), name, properties.Value));
        }

        switch (type)
        {
            case ResourceTypes.Function:
                var function = new FunctionReader(logicalId, name, properties);
                functions.Add(function.Configuration());
                rules.AddRange(function.Rules(references.StackName));
                break;
            case ResourceTypes.EventBus:
                properties["Name"].Required();
                buses.Add(new BusModel(logicalId, name, properties["Description"].Text()));
                break;
            case ResourceTypes.EventBusPolicy:
                var bus = properties["EventBusName"].Text() ?? EventBridge.EventBus.Default;
                statements.Add(new BusStatementModel(bus, BusPolicy.Statement(properties)));
                break;
            case ResourceTypes.Rule:
                rules.Add(RuleReader.Rule(logicalId, name, properties));
                break;
            case ResourceTypes.Schedule:
                schedules.Add(ScheduleReader.Read(name, properties));
                break;
            case ResourceTypes.ScheduledAction:
                scheduledActions.Add(ScheduledActionReader.Read(name, properties));
                break;
            case ResourceTypes.Topic:
                topics.Add(new TopicModel(logicalId, name, properties["DisplayName"].Text()));
                subscriptions.AddRange(properties["Subscription"].Elements().Select(one => Subscription(one, Account.Arn("sns", name))));
                break;
            case ResourceTypes.Subscription:
                subscriptions.Add(Subscription(properties, properties["TopicArn"].Required()));
                break;
            case ResourceTypes.Queue:
                queues.Add(name);
                break;
            case ResourceTypes.LogGroup:
                logGroups.Add(name);
                break;
            case ResourceTypes.Connection:
                connections.Add(DestinationReader.Connection(name, properties));
                break;
            case ResourceTypes.ApiDestination:
                apiDestinations.Add(DestinationReader.ApiDestination(name, properties));
                break;
            case ResourceTypes.Role:
                roles.Add(DestinationReader.Role(name, properties));
                break;
            case ResourceTypes.Parameter:
                storedParameters.Add(StoredParameter(name, properties));
                break;
        }
    }

    private static StoredParameterModel StoredParameter(string name, TemplateNode node)
    {
        var (type, value) = (node["Type"].Required(), node["Value"].Required());
        return type != "String" ? throw node["Type"].Wrong("must be String")
            : value.Length > MaxStoredValue
                ? throw node["Value"].Wrong($"has {value.Length} characters; a parameter has {MaxStoredValue} at most")
            : new StoredParameterModel(name, type, value);
    }

    private static SubscriptionModel Subscription(TemplateNode node, string topicArn) =>
        new(topicArn, node["Protocol"].Required(), node["Endpoint"].Text());
}
