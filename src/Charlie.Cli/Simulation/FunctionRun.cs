namespace Charlie.Cli.Simulation;

/// <summary>One try of a function, as the wire and the host know it. It is carried along the function's own flow.</summary>
internal sealed class FunctionRun(string function, string requestId, DateTimeOffset deadline)
{
    private static readonly AsyncLocal<FunctionRun?> Flow = new();

    private readonly Dictionary<string, int> proofs = [];
    private readonly HashSet<string> blamed = [];

    /// <summary>Whose code runs now; <c>null</c> for the cloud and for people.</summary>
    public static FunctionRun? Current
    {
        get => Flow.Value;
        set => Flow.Value = value;
    }

    public string Function => function;

    public string RequestId => requestId;

    public DateTimeOffset Deadline => deadline;

    /// <summary>It answered, was killed or ran out of time: whatever still runs of it reaches nothing any more.</summary>
    public bool IsOver { get; set; }

    /// <summary>Ends it as Lambda does when its environment dies.</summary>
    public required Action<FunctionRun> Kill { get; init; }

    /// <summary>How many proofs in a row this run got from an instance.</summary>
    public int ProofsOf(string instance) => proofs.GetValueOrDefault(instance);

    /// <summary>How many instances gave it as many proofs in a row.</summary>
    public int Proved(int successes) => proofs.Values.Count(count => count >= successes);

    /// <summary>Whether an instance's last answer to this run was that its machine is at fault.</summary>
    public bool BlamedMachine(string instance) => blamed.Contains(instance);

    /// <summary>Whether every instance that it heard of last said that its machine is at fault.</summary>
    public bool BlamedMachineOnly(IEnumerable<string> instances)
    {
        var probed = instances.Where(proofs.ContainsKey).ToList();
        return probed.Count > 0 && probed.TrueForAll(blamed.Contains);
    }

    /// <summary>Whether it read the records after it last probed.</summary>
    public bool HasFreshRecords { get; set; }

    public void Probed(string instance, bool proved, bool machineAtFault)
    {
        HasFreshRecords = false;
        proofs[instance] = proved ? ProofsOf(instance) + 1 : 0;
        if (machineAtFault)
        {
            blamed.Add(instance);
        }
        else
        {
            blamed.Remove(instance);
        }
    }
}
