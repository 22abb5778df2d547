using Charlie.Simulation.Checks;
using Charlie.Simulation.Plans;
namespace Charlie.Simulation.Seeds;

/// <summary>What many runs add up to.</summary>
/// <param name="keepHashes">Whether to keep the hash of each run, which takes memory as seeds go by.</param>
internal sealed class Tally(bool keepHashes)
{
    public int Runs { get; private set; }

    public long Deployments { get; private set; }

    public long Calls { get; private set; }

    public SortedDictionary<string, int> Faults { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, int> Outcomes { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, int> Actions { get; } = new(StringComparer.Ordinal);

    /// <summary>How often each state was come to.</summary>
    public SortedDictionary<string, int> States { get; } = new(StringComparer.Ordinal);

    /// <summary>How often each function made each call.</summary>
    public SortedDictionary<string, int> FunctionCalls { get; } = new(StringComparer.Ordinal);

    /// <summary>How often the product came to each kind of step, result and decision.</summary>
    public SortedDictionary<string, int> Marks { get; } = new(StringComparer.Ordinal);

    /// <summary>What the functions threw for Lambda to retry, by AWS's code.</summary>
    public SortedDictionary<string, int> Errors { get; } = new(StringComparer.Ordinal);

    /// <summary>The hash of each run, by seed; the same for the same seeds and the same behaviour.</summary>
    public SortedDictionary<int, string> Hashes { get; } = [];

    /// <summary>The runs that broke a promise, by seed.</summary>
    public SortedDictionary<int, SimulationResult> Failed { get; } = [];

    public void Add(SimulationResult result)
    {
        Runs++;
        Deployments += result.Deployments;
        Calls += result.Calls;
        Add(Faults, result.Faults);
        Add(Outcomes, result.Record.Outcomes);
        Add(Actions, result.Record.Actions);
        Add(States, result.Record.States);
        Add(Marks, result.Record.Marks.Select(mark => KeyValuePair.Create($"{mark.Key.DeclaringType!.Name}.{mark.Key.Name}", mark.Value)));
        Add(Errors, result.Record.Errors);
        Add(FunctionCalls, result.Record.Calls);
        if (keepHashes)
        {
            Hashes.Add(result.Plan.Seed, result.Hash);
        }

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
