using Charlie.Sandbox.Context;
using Charlie.Sandbox.EventBridge;
using Charlie.Sandbox.Events;
using Charlie.Simulation.Plans;

namespace Charlie.Simulation.Environments;

/// <summary>The faults that are armed now, and how many of each kind struck.</summary>
internal sealed class FaultInjector(TimeProvider time)
{
    private readonly List<Armed<SimulationStep.Call>> calls = [];
    private readonly List<SimulationStep.Event> events = [];
    private readonly Dictionary<string, int> throttles = [];
    private (DateTimeOffset Until, TimeSpan Each) slow;
    private (DateTimeOffset Until, TimeSpan Lag) lagging;
    private (DateTimeOffset Until, string Service, bool OnlyWrites) throttled;

    /// <summary>How often each kind of fault struck.</summary>
    public SortedDictionary<string, int> Injected { get; } = new(StringComparer.Ordinal);

    /// <summary>Since when all goes well; <c>null</c> until then.</summary>
    public DateTimeOffset? StoppedAt { get; private set; }

    /// <summary>What AWS takes over a call on top of the usual.</summary>
    public TimeSpan Slowness => time.GetUtcNow() < slow.Until ? slow.Each : TimeSpan.Zero;

    /// <summary>How old what is read may be.</summary>
    public TimeSpan Lag => time.GetUtcNow() < lagging.Until ? lagging.Lag : TimeSpan.Zero;

    public void Arm(SimulationStep.Call fault) => calls.Add(new Armed<SimulationStep.Call>(fault));

    public void Arm(SimulationStep.Event fault) => events.Add(fault);

    public void Arm(SimulationStep.Throttle fault) => throttles[fault.Function] = throttles.GetValueOrDefault(fault.Function) + fault.Times;

    public void Arm(SimulationStep.SlowResponses fault) => slow = (time.GetUtcNow() + fault.Lasts, fault.Each);

    public void Arm(SimulationStep.LaggingReads fault) => lagging = (time.GetUtcNow() + fault.Lasts, fault.Lag);

    public void Arm(SimulationStep.ServiceThrottle fault) => throttled = (time.GetUtcNow() + fault.Lasts, fault.Service, fault.OnlyWrites);

    /// <summary>From now on all goes well.</summary>
    public void Stop()
    {
        StoppedAt = time.GetUtcNow();
        calls.Clear();
        events.Clear();
        throttles.Clear();
        (slow, lagging, throttled) = (default, default, default);
    }

    public void Count(string kind) => Injected[kind] = Injected.GetValueOrDefault(kind) + 1;

    /// <summary>What happens to a function's next call.</summary>
    /// <param name="function">Its name.</param>
    /// <param name="service">The service's name in the call's signature.</param>
    /// <param name="isRead">It changes nothing.</param>
    public CallFault? NextCall(string function, string service, bool isRead)
    {
        if (time.GetUtcNow() < throttled.Until && service == throttled.Service && !(isRead && throttled.OnlyWrites))
        {
            Count("ServiceThrottled");
            return CallFault.Throttled;
        }

        foreach (var armed in calls)
        {
            if (armed.Fault.Function == function && armed.Count++ >= armed.Fault.Skip)
            {
                if (armed.Count >= armed.Fault.Skip + armed.Fault.Times)
                {
                    calls.Remove(armed);
                }

                Count(armed.Fault.Fault.ToString());
                return armed.Fault.Fault;
            }
        }

        return null;
    }

    public bool Loses(BusEvent @event) => Take(@event.DetailType, EventFault.Lost) is not null;

    public TimeSpan DelayOf(BusEvent @event) => Take(@event.DetailType, EventFault.Delayed)?.Delay ?? TimeSpan.Zero;

    public bool Doubles(string payload)
    {
        foreach (var fault in events.Where(fault => fault.Fault == EventFault.Doubled))
        {
            if (payload.Contains($"\"{fault.DetailType}\"", StringComparison.Ordinal))
            {
                return Take(fault.DetailType, EventFault.Doubled) is not null;
            }
        }

        return false;
    }

    public bool ThrottlesInvocation(string function)
    {
        if (throttles.GetValueOrDefault(function) is not (> 0 and var left))
        {
            return false;
        }

        throttles[function] = left - 1;
        Count("InvocationThrottled");
        return true;
    }

    private SimulationStep.Event? Take(string detailType, EventFault kind)
    {
        var fault = events.Find(fault => fault.DetailType == detailType && fault.Fault == kind);
        if (fault is not null)
        {
            events.Remove(fault);
            Count($"Event{kind}");
        }

        return fault;
    }

    private sealed class Armed<T>(T fault)
    {
        public T Fault => fault;

        public int Count { get; set; }
    }
}
