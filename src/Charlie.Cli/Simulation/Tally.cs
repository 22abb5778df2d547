namespace Charlie.Cli.Simulation;

/// <summary>What many runs add up to.</summary>
internal sealed class Tally
{
    public int Runs { get; private set; }

    public long Deployments { get; private set; }

    public long Calls { get; private set; }

    public SortedDictionary<string, int> Faults { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, int> Outcomes { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, int> Decisions { get; } = new(StringComparer.Ordinal);

    /// <summary>How often each state was come to.</summary>
    public SortedDictionary<string, int> States { get; } = new(StringComparer.Ordinal);

    /// <summary>How often each function made each call.</summary>
    public SortedDictionary<string, int> Actions { get; } = new(StringComparer.Ordinal);

    /// <summary>What the functions threw for Lambda to try again, by AWS's code.</summary>
    public SortedDictionary<string, int> Errors { get; } = new(StringComparer.Ordinal);

    /// <summary>The runs that broke a promise, by seed.</summary>
    public SortedDictionary<int, SimulationResult> Failed { get; } = [];

    public void Add(SimulationResult result)
    {
        Runs++;
        Deployments += result.Deployments;
        Calls += result.Calls;
        Add(Faults, result.Faults);
        Add(Outcomes, result.Story.Outcomes);
        Add(Decisions, result.Story.Decisions);
        Add(States, result.Story.States);
        Add(Errors, result.Story.Errors);
        Add(Actions, result.Story.Calls);
        if (result.Violation is not null)
        {
            Failed.Add(result.Plan.Seed, result);
        }
    }

    private static void Add(SortedDictionary<string, int> sums, IEnumerable<KeyValuePair<string, int>> counts)
    {
        foreach (var (what, count) in counts)
        {
            sums[what] = sums.GetValueOrDefault(what) + count;
        }
    }
}
