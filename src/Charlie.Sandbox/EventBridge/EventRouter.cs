using System.Text.Json.Nodes;

namespace Charlie.Sandbox.EventBridge;

/// <summary>
/// EventBridge's state and rules: buses, matching, schedules. Called under the cloud's lock, as everything of the
/// cloud that has no lock of its own.
/// </summary>
public sealed class EventRouter : IEventBus
{
    private readonly CloudContext context;
    private readonly EventTargets targets;
    private readonly EventDelivery delivery;
    private readonly EventFaults faults;
    private readonly RuleSchedules schedules;
    private readonly SortedDictionary<string, EventBus> buses = new(StringComparer.Ordinal);

    public EventRouter(CloudContext context, EventTargets targets, EventDelivery delivery, EventFaults faults)
    {
        this.context = context;
        this.targets = targets;
        this.delivery = delivery;
        this.faults = faults;
        schedules = new RuleSchedules(context, Fire);
        CreateBus(EventBus.Default);
    }

    public IReadOnlyCollection<EventBus> Buses => buses.Values;

    public EventBus? FindBus(string nameOrArn) =>
        buses.GetValueOrDefault(
            nameOrArn.StartsWith("arn:", StringComparison.Ordinal)
            ? nameOrArn[(nameOrArn.IndexOf('/', StringComparison.Ordinal) + 1)..] : nameOrArn);

    /// <summary>The bus, made unless it is there already.</summary>
    public EventBus CreateBus(string name)
    {
        if (!buses.TryGetValue(name, out var bus))
        {
            buses[name] = bus = new EventBus(name, context.Time.GetUtcNow());
            targets.Add(bus.Arn, new BusTarget(this, name));
        }

        return bus;
    }

    public void DeleteBus(EventBus bus)
    {
        foreach (var rule in bus.Rules.Values.ToList())
        {
            DeleteRule(bus, rule);
        }

        buses.Remove(bus.Name);
        targets.Remove(bus.Arn);
    }

    /// <summary>Makes a rule or gives one new settings; its targets stay.</summary>
    public EventRule PutRule(EventBus bus, RuleSettings settings)
    {
        if (bus.Rules.TryGetValue(settings.Name, out var rule))
        {
            rule.Settings = settings;
        }
        else
        {
            bus.Rules[settings.Name] = rule = new EventRule(bus.Name, settings);
        }

        schedules.Plan(rule);
        return rule;
    }

    public static void DeleteRule(EventBus bus, EventRule rule)
    {
        RuleSchedules.Stop(rule);
        bus.Rules.Remove(rule.Name);
    }

    /// <summary>A rule of any bus by its name, its ARN or the logical id of the template that made it.</summary>
    public EventRule? FindRule(string name) =>
        buses.Values.SelectMany(bus => bus.Rules.Values)
            .FirstOrDefault(rule => rule.Name == name || rule.Arn == name || rule.Settings.LogicalId == name);

    /// <summary>
    /// Makes a rule's scheduled event at once, whatever its schedule says; <c>false</c> when no such rule has a
    /// schedule.
    /// </summary>
    public bool FireSchedule(string name)
    {
        if (FindRule(name) is not { Settings.Schedule: not null } rule)
        {
            return false;
        }

        Fire(rule);
        return true;
    }

    public void Put(string source, string detailType, IReadOnlyList<string> resources, JsonObject detail) =>
        Put(EventBus.Default, source, detailType, resources, detail, null, null);

    /// <summary>Puts an event on a bus and returns its id; a bus that does not exist swallows it, as AWS's does.</summary>
    /// <param name="at">The event's own time; now when <c>null</c>.</param>
    /// <param name="caller">Who put it, if that was an API call.</param>
    public string Put(string bus, string source, string detailType, IReadOnlyList<string> resources, JsonObject detail,
        DateTimeOffset? at, string? caller) =>
        PutOwn(bus, source, detailType, resources, detail.DeepClone().AsObject(), at, caller);

    /// <summary>The same with a detail that nobody else has, and that becomes the event's own.</summary>
    internal string PutOwn(string bus, string source, string detailType, IReadOnlyList<string> resources, JsonObject detail,
        DateTimeOffset? at, string? caller)
    {
        var now = context.Time.GetUtcNow();
        var name = FindBus(bus)?.Name ?? bus;
        var @event = new BusEvent(
            context.Ids.Uuid(), name, source, detailType, at ?? now, now, [.. resources], detail);
        Route(@event, name, caller);
        return @event.Id;
    }

    private void Route(BusEvent @event, string busName, string? caller)
    {
        var data = new Dictionary<string, string> { ["eventId"] = @event.Id, ["bus"] = busName, ["source"] = @event.Source };
        if (faults.Drop?.Invoke(@event) == true)
        {
            context.Timeline.Record(
                "fault", "EventDropped", @event.DetailType, $"\"{@event.DetailType}\" of {@event.Source} was lost on its way.",
                caller, data);
            return;
        }

        if (!buses.TryGetValue(busName, out var bus))
        {
            context.Timeline.Record(
                "events", "EventDropped", @event.DetailType,
                $"\"{@event.DetailType}\" of {@event.Source} went to the bus {busName}, which does not exist: nobody gets it.",
                caller, data);
            return;
        }

        var envelope = @event.Envelope;
        var matched = bus.Rules.Values.Where(
            rule => rule.Settings is { Enabled: true, Pattern: { } pattern } && pattern.Matches(envelope)).ToList();
        data["rules"] = string.Join(',', matched.Select(rule => rule.Name));
        var whom = matched.Count == 0 ? "no rule matched"
            : "matched " + string.Join(", ", matched.Select(rule => rule.Settings.LogicalId ?? rule.Name));
        context.Timeline.Record(
            "events", "EventPut", @event.DetailType,
            $"\"{@event.DetailType}\" of {@event.Source} on the bus {busName}: {whom}.", caller, data);
        Deliver(@event, matched);
    }

    /// <summary>A scheduled event goes to the targets of its own rule only.</summary>
    private void Fire(EventRule rule)
    {
        var now = context.Time.GetUtcNow();
        var @event = new BusEvent(context.Ids.Uuid(), rule.BusName, "aws.events", "Scheduled Event", now, now, [rule.Arn], []);
        var data = new Dictionary<string, string> { ["eventId"] = @event.Id, ["rules"] = rule.Name };
        if (faults.Drop?.Invoke(@event) == true)
        {
            context.Timeline.Record(
                "fault", "EventDropped", @event.DetailType, $"The scheduled event of {rule.Name} was lost on its way.", data: data);
            return;
        }

        context.Timeline.Record(
            "events", "ScheduleFired", rule.Name,
            $"{rule.Settings.LogicalId ?? rule.Name} is due ({rule.Settings.Schedule?.Text}).", data: data);
        Deliver(@event, [rule]);
    }

    private void Deliver(BusEvent @event, IReadOnlyList<EventRule> matched)
    {
        foreach (var (rule, target) in matched.SelectMany(rule => rule.Targets.Select(target => (rule, target))).ToList())
        {
            delivery.Send(@event, rule, target);
        }
    }

    /// <summary>A bus as another bus's target: it gets the event itself, envelope and all.</summary>
    private sealed class BusTarget(EventRouter router, string busName) : IEventTarget
    {
        public DeliveryResult Deliver(TargetInput input)
        {
            if (input.Event.Forwarded)
            {
                return DeliveryResult.Refused(
                    "THIRD_ACCOUNT_HOP_DETECTED", "An event that came from another bus is not passed on to a third.");
            }

            router.Route(input.Event with { BusName = busName, Forwarded = true }, busName, caller: null);
            return DeliveryResult.Delivered;
        }
    }
}
