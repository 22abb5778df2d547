using System.Text.Json.Nodes;

namespace Charlie.Simulation.Environments;

/// <summary>One attempt of a function, as the wire and the host know it. It is carried along the function's own flow.</summary>
internal sealed class FunctionRun(string function, string requestId, string payload, DateTimeOffset deadline)
{
    private static readonly AsyncLocal<FunctionRun?> Flow = new();

    private readonly Dictionary<string, int> successes = [];
    private readonly Dictionary<string, int> prepared = [];
    private readonly Dictionary<string, int> failures = [];
    private readonly HashSet<string> withoutApp = [];

    /// <summary>The run whose code is executing; <c>null</c> for the cloud and for operators.</summary>
    public static FunctionRun? Current
    {
        get => Flow.Value;
        set => Flow.Value = value;
    }

    public string Function => function;

    public string RequestId => requestId;

    /// <summary>The event that it was invoked with, as JSON.</summary>
    public string Payload => payload;

    /// <summary>The same, read once; nobody changes it.</summary>
    public JsonObject Event => field ??= JsonNode.Parse(payload)!.AsObject();

    public DateTimeOffset Deadline => deadline;

    /// <summary>It responded, was killed or ran out of time: whatever still runs of it reaches nothing any more.</summary>
    public bool IsOver { get; set; }

    /// <summary>Ends it as Lambda does when its environment dies.</summary>
    public required Action<FunctionRun> Kill { get; init; }

    /// <summary>How many successes in a row this run got from an instance.</summary>
    public int SuccessesOf(string instance) => successes.GetValueOrDefault(instance);

    /// <summary>In how many probes in a row an instance said that it has prepared its version's image, and waits at the lock.</summary>
    public int PreparedOf(string instance) => prepared.GetValueOrDefault(instance);

    /// <summary>The instances that it probed.</summary>
    public IEnumerable<string> Instances => successes.Keys;

    /// <summary>How many of its probes did not find an instance healthy with its version's image.</summary>
    public int FailuresOf(string instance) => failures.GetValueOrDefault(instance);

    /// <summary>How many instances gave it as many successes in a row.</summary>
    public int HealthyCount(int successes) => this.successes.Values.Count(count => count >= successes);

    /// <summary>
    /// Whether an instance's last response to this run said nothing of its app: silence, a phase before it runs, a machine failure.
    /// </summary>
    public bool ReportedNoApp(string instance) => withoutApp.Contains(instance);

    /// <summary>Whether the last response of every probed instance said nothing of its app.</summary>
    public bool ReportedNoAppOnly(IEnumerable<string> instances)
    {
        var probed = instances.Where(successes.ContainsKey).ToList();
        return probed.Count > 0 && probed.TrueForAll(withoutApp.Contains);
    }

    /// <summary>Calls that took effect, as far as AWS knows, and whose response did not come back to it.</summary>
    public int Unanswered { get; set; }

    /// <summary>Whether it read the records after it last probed.</summary>
    public bool HasFreshRecords { get; set; }

    public void Probed(string instance, bool isSuccess, bool isPrepared, bool saysNothingOfApp)
    {
        HasFreshRecords = false;
        prepared[instance] = isPrepared ? PreparedOf(instance) + 1 : 0;
        successes[instance] = isSuccess ? SuccessesOf(instance) + 1 : 0;
        if (!isSuccess)
        {
            failures[instance] = FailuresOf(instance) + 1;
        }

        if (saysNothingOfApp)
        {
            withoutApp.Add(instance);
        }
        else
        {
            withoutApp.Remove(instance);
        }
    }
}
