using Charlie.Sandbox.Context;
using Charlie.Simulation.Environments;

namespace Charlie.Simulation.Checks;

/// <summary>
/// A machine that Charlie ended is not counted as one that was lost: by who made the call that ended it. Two writers of the attempts
/// may overwrite each other; a machine whose attempt was lost so is rightly counted again.
/// </summary>
internal sealed class LossInvariant(SimulatedEnvironment environment, DesiredReleaseHistory desired, Action<string> fail)
{
    private const string Prefix = "charlie:attempts:";

    /// <summary>How the last failure of such an attempt begins.</summary>
    public const string LossWords = "it ended ";

    private readonly HashSet<string> endedByCharlie = [];
    private readonly HashSet<string> recorded = [];

    public void Check(TimelineEntry entry)
    {
        // One that was abandoned as superseded, on a reading from before a hold ended, leaves no record.
        if (entry is { Kind: "LifecycleStateChanged", Data: { } data } && data["state"] is "Terminating"
            && FunctionRun.Current is not null && !desired.WasHeld(entry.At))
        {
            endedByCharlie.Add(entry.Subject);
        }

        if (entry is { Kind: "TagsCreated", Data: { } tags } && entry.Subject == environment.Operator.TemplateId)
        {
            foreach (var (_, value) in tags.Where(tag => tag.Key.StartsWith(Prefix, StringComparison.Ordinal)))
            {
                CheckAttempts(value.Split(' ', 4));
            }
        }
    }

    private void CheckAttempts(string[] words)
    {
        var last = words[2].Split(',')[^1];
        if (words[3].StartsWith(LossWords, StringComparison.Ordinal) && endedByCharlie.Contains(last) && !recorded.Contains(last))
        {
            fail($"{last} was counted as a machine that was lost, and Charlie had ended it");
        }

        recorded.UnionWith(words[2].Split(','));
    }
}
