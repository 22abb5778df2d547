using Charlie.Sandbox.AutoScaling;
using Charlie.Sandbox.EventBridge;
using Charlie.Sandbox.EventBridge.Destinations;
using Charlie.Sandbox.Iam;
using Charlie.Sandbox.Lambda;
using Charlie.Sandbox.Logs;
using Charlie.Sandbox.Schedules;
using Charlie.Sandbox.Secrets;
using Charlie.Sandbox.Sns;
using Charlie.Sandbox.Sqs;
using Charlie.Sandbox.Template;

namespace Charlie.Sandbox;

/// <summary>Everything that events pass through: EventBridge, Lambda's queue with its destinations, SNS and SQS, composed once.</summary>
public sealed class EventPlane
{
    private readonly CloudContext context;
    private readonly AutoScalingGroupStore? groups;
    private readonly StackDestinations stackDestinations;

    /// <summary>Composes the services and takes the events of the cloud's other services.</summary>
    /// <param name="host">What runs the functions.</param>
    /// <param name="faults">The hooks for faults; none by default.</param>
    /// <param name="logs">Where the host writes what functions print.</param>
    /// <param name="groups">Whose scheduled actions a template may have.</param>
    /// <param name="roles">What the roles may do that deliver to API destinations; nothing by default.</param>
    /// <param name="secrets">What a template's connections may take their credentials from; none by default.</param>
    public EventPlane(
        CloudContext context,
        IFunctionHost host,
        EventFaults? faults = null,
        FunctionLogs? logs = null,
        AutoScalingGroupStore? groups = null,
        RolePolicies? roles = null,
        SecretStore? secrets = null)
    {
        this.context = context;
        this.groups = groups;
        Faults = faults ?? new EventFaults();
        var targets = new EventTargets();
        Queues = new Queues(context, targets);
        LogGroups = new LogGroups(context, targets);
        Topics = new Topics(context, targets);
        roles ??= new RolePolicies();
        Destinations = new DestinationStore(context, targets, roles);
        stackDestinations = new StackDestinations(Destinations, roles, secrets ?? new SecretStore());
        Router = new EventRouter(context, targets, new EventDelivery(context, targets, Queues, Faults), Faults);
        Scheduling = new Scheduling(context, Router);
        var destinations = new InvocationDestinations(context, Router, targets, Topics, Queues);
        Invocations = new InvocationLog(logs ?? new FunctionLogs(), context.HistoryLength);
        Functions = new Functions(targets, new AsyncInvocations(context, host, destinations, Invocations, Faults));
        context.Attach(Router);
    }

    public EventFaults Faults { get; }

    public EventRouter Router { get; }

    public Scheduling Scheduling { get; }

    public Functions Functions { get; }

    public InvocationLog Invocations { get; }

    public Topics Topics { get; }

    public DestinationStore Destinations { get; }

    public Queues Queues { get; }

    public LogGroups LogGroups { get; }

    /// <summary>Deploys a template's text with its parameters, under the cloud's lock.</summary>
    /// <exception cref="TemplateException">The template or a parameter cannot be used; nothing was made.</exception>
    public Stack Deploy(string template, IReadOnlyDictionary<string, string> parameters) =>
        Deploy(TemplateDocument.Parse(template), parameters);

    /// <summary>Deploys a template that was read before; many runs of one thread may share it.</summary>
    /// <inheritdoc cref="Deploy(string, IReadOnlyDictionary{string, string})"/>
    public Stack Deploy(TemplateDocument template, IReadOnlyDictionary<string, string> parameters)
    {
        lock (context.Gate)
        {
            return Deploy(template.Resolve(Stack.UsualName, parameters));
        }
    }

    /// <summary>Makes what a stack is to be made of. Called under the cloud's lock.</summary>
    /// <inheritdoc cref="Deploy(string, IReadOnlyDictionary{string, string})"/>
    public Stack Deploy(StackModel model) =>
        Stack.Deploy(model, Router, Functions, Topics, Queues, LogGroups, Scheduling, groups, stackDestinations);

    /// <summary>Brings functions, rules and bus policies to what a template says now. Called under the cloud's lock.</summary>
    public void Update(StackModel before, StackModel after) => StackChanges.Apply(before, after, Router, Functions);

    /// <summary>Takes away what was made of it, but what the template keeps. Called under the cloud's lock.</summary>
    public void Remove(StackModel model) =>
        StackRemoval.Remove(model, Router, Functions, Topics, Queues, LogGroups, Scheduling, stackDestinations);
}
