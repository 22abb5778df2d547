using System.Globalization;
using Charlie.Sandbox;
using Charlie.Sandbox.Context;

namespace Charlie.Cli.Display.Laboratory;

/// <summary>One line of the story.</summary>
/// <param name="IsBad">Whether something was refused.</param>
/// <param name="IsMail">Whether people were told.</param>
internal sealed record StoryLine(DateTimeOffset At, string Text, bool IsBad = false, bool IsMail = false);

/// <summary>What happens in the group, told from the timeline: the plot, and not the calls that it takes.</summary>
internal sealed class Story
{
    private const string Rejected = "charlie:rejected:";

    private readonly HashSet<string> inService = [];
    private DateTimeOffset? outSince;

    /// <summary>The lines that an entry adds.</summary>
    public IEnumerable<StoryLine> Tell(TimelineEntry entry) => entry switch
    {
        { Kind: "EventPut", Subject: "Image Pushed" } => [new(entry.At, "the pipeline puts its one event")],
        { Kind: "LifecycleStateChanged", Data: { } data } => State(entry, data["state"]),
        { Kind: "TagsCreated", Data: { } tags } when Reason(tags) is { } reason =>
            [new(entry.At, $"rejected, back to the release before: {reason}", IsBad: true)],
        { Kind: "MessagePublished" } => [new(entry.At, $"mail: {SubjectOf(entry)}", IsMail: true)],
        _ => [],
    };

    private IEnumerable<StoryLine> State(TimelineEntry entry, string state)
    {
        switch (state)
        {
            case "Pending:Wait":
                yield return new(entry.At, "a new machine boots; it is held until it proves itself");
                break;
            case "InService":
                inService.Add(entry.Subject);
                var after = outSince is { } since
                    ? string.Create(CultureInfo.InvariantCulture, $", after {(entry.At - since).TotalSeconds:0.0} s out of service")
                    : "";
                outSince = null;
                yield return new(entry.At, $"healthy, and runs that very image: in service{after}");
                break;
            case "Terminating" when inService.Remove(entry.Subject):
                outSince ??= inService.Count == 0 ? entry.At : null;
                yield return new(entry.At, "the machine in service is stopped: two bots never trade at once");
                break;
        }
    }

    // <through> <time> <by> <reason>, as the record tag has it.
    private static string? Reason(IReadOnlyDictionary<string, string> tags) =>
        tags.FirstOrDefault(tag => tag.Key.StartsWith(Rejected, StringComparison.Ordinal)).Value?.Split(' ', 4) is [_, _, _, var reason]
            ? reason
            : null;

    // [charlie] ROLLED BACK 1.2 (1048577.7700124): back to release 1.1 (1048576.7700123)
    private static string SubjectOf(TimelineEntry entry)
    {
        var subject = entry.Text.Split('\n')[0];
        return subject[(subject.IndexOf("] ", StringComparison.Ordinal) + 2)..];
    }
}
