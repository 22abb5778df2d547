using Charlie.Simulation.Checks;
using Charlie.Simulation.Images;

namespace Charlie.Simulation.Environments;

/// <summary>What was pushed, asked for and reached in one run.</summary>
internal sealed class RunRecord
{
    private readonly Dictionary<string, List<ImageBehaviour>> behaviours = [];

    /// <summary>The image of each release that was validly pushed.</summary>
    public Dictionary<string, string> Pushed { get; } = [];

    /// <summary>How many operators wanted each release gone.</summary>
    public Dictionary<string, int> Requested { get; } = [];

    /// <summary>When an alarm of the app fired.</summary>
    public List<DateTimeOffset> Alarms { get; } = [];

    public SortedDictionary<string, int> Outcomes { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, int> Actions { get; } = new(StringComparer.Ordinal);

    /// <summary>How often each state was come to; see <see cref="StatesReached"/>.</summary>
    public SortedDictionary<string, int> States { get; } = new(StringComparer.Ordinal);

    /// <summary>How often a run came to each kind of step, result and decision of the product, as <c>RunResult.Confirmed</c>.</summary>
    public Dictionary<Type, int> Marks { get; } = [];

    /// <summary>What the functions threw for Lambda to retry.</summary>
    public SortedDictionary<string, int> Errors { get; } = new(StringComparer.Ordinal);

    /// <summary>How often each function made each call, as <c>Refresh ec2:CreateTags</c>: what its role has to allow.</summary>
    public SortedDictionary<string, int> Calls { get; } = new(StringComparer.Ordinal);

    /// <summary>When a probe saw an outage take the app of a confirmed release.</summary>
    public List<DateTimeOffset> OutagesSeen { get; } = [];

    /// <summary>Images whose machine died under them.</summary>
    public HashSet<string> Bereaved { get; } = [];

    public static void Count(SortedDictionary<string, int> counts, string what) => counts[what] = counts.GetValueOrDefault(what) + 1;

    public void Count(Type mark) => Marks[mark] = Marks.GetValueOrDefault(mark) + 1;

    public void Behaves(string image, ImageBehaviour behaviour)
    {
        if (!behaviours.TryGetValue(image, out var all))
        {
            behaviours[image] = all = [];
        }

        all.Add(behaviour);
    }

    /// <summary>Whether nothing that a release's image and machines did speaks against it.</summary>
    public bool AlwaysGood(string release) =>
        Pushed.TryGetValue(release, out var image) && behaviours[image].TrueForAll(behaviour => behaviour.IsGood)
            && !Bereaved.Contains(image);
}
