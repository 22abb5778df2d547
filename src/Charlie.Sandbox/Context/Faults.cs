namespace Charlie.Sandbox.Context;

/// <summary>
/// The faults that are armed now. Each counts its caller's calls from the moment it was armed, is injected once, and is
/// gone.
/// </summary>
public sealed class Faults
{
    private readonly Lock gate = new();
    private readonly List<Armed> armed = [];

    public IReadOnlyList<Fault> Waiting
    {
        get
        {
            lock (gate)
            {
                return [.. armed.Select(one => one.Fault)];
            }
        }
    }

    public void Arm(Fault fault)
    {
        lock (gate)
        {
            armed.Add(new Armed(fault));
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            armed.Clear();
        }
    }

    /// <summary>Whether an event of this detail-type gets lost on its way to the default bus; each yes counts.</summary>
    public bool DropsEvent(string detailType)
    {
        lock (gate)
        {
            var one = armed.Find(one => one.Fault.Action == FaultAction.DropEvent && one.Fault.DetailType == detailType);
            if (one is not null && ++one.Count == one.Fault.Times)
            {
                armed.Remove(one);
            }

            return one is not null;
        }
    }

    /// <summary>Counts a caller's API call; returns the fault to inject into it, if any.</summary>
    internal Fault? Inject(string? caller)
    {
        lock (gate)
        {
            Armed? injected = null;
            foreach (var one in armed.Where(one => one.Fault.Action != FaultAction.DropEvent && one.Fault.Caller == caller))
            {
                if (++one.Count >= one.Fault.Call)
                {
                    injected ??= one;
                }
            }

            if (injected is not null)
            {
                armed.Remove(injected);
            }

            return injected?.Fault;
        }
    }

    private sealed class Armed(Fault fault)
    {
        public Fault Fault { get; } = fault;

        public int Count { get; set; }
    }
}
