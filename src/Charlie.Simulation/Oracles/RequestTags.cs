using System.Globalization;
using Charlie.Sandbox.Ec2;

namespace Charlie.Simulation.Oracles;

/// <summary>What operators requested, as the record tags say it, read without the product's code.</summary>
internal sealed class RequestTags(Func<LaunchTemplate> template, TimeProvider time)
{
    public static readonly string[] Holders = ["operator", "window"];

    /// <summary>The release above which nothing is deployed; <c>null</c> without a hold in force.</summary>
    public string? HeldAt => Holds().Where(hold => !(hold.Until <= time.GetUtcNow())).Select(hold => hold.Release).MinBy(Oracle.Read);

    /// <summary>When the next hold ends by itself.</summary>
    public DateTimeOffset? NextEnd => Holds().Select(hold => hold.Until).Where(until => until > time.GetUtcNow()).Min();

    public bool IsStopped => TimeOf("charlie:stopped") is { } stopped && !(TimeOf("charlie:started") >= stopped);

    /// <summary>Since when the app is stopped, or is not any more; <c>null</c> where nobody stopped it.</summary>
    public DateTimeOffset? Changed => TimeOf("charlie:started") is { } started && !IsStopped ? started : TimeOf("charlie:stopped");

    /// <summary>Instances that were launched before are to be replaced.</summary>
    public DateTimeOffset? RestartedAt => TimeOf("charlie:restart");

    /// <summary>When the last handover was begun.</summary>
    public DateTimeOffset? HandoverBegun => TimeOf("charlie:handover");

    public bool IsHandoverOpen => HandoverBegun is { } begun && !(TimeOf("charlie:done:handover") >= begun);

    private IEnumerable<(string Release, DateTimeOffset? Until)> Holds() =>
        from holder in Holders
        let words = Words($"charlie:hold:{holder}")
        where words is not null && !(TimeOf($"charlie:resume:{holder}") >= Parse(words[1]))
        select (words[0], words[2] == "-" ? (DateTimeOffset?)null : Parse(words[2]));

    /// <summary>Whether a hold of this holder is in force.</summary>
    public bool IsHeldBy(string holder) =>
        Words($"charlie:hold:{holder}") is { } hold
        && !(TimeOf($"charlie:resume:{holder}") >= Parse(hold[1]))
        && !(hold[2] != "-" && Parse(hold[2]) <= time.GetUtcNow());

    /// <summary>The time in the value of a record tag; <c>null</c> without the tag.</summary>
    /// <param name="key">The tag.</param>
    /// <param name="word">Which of its words the time is.</param>
    public DateTimeOffset? TimeOf(string key, int word = 0) => Words(key) is { } words ? Parse(words[word]) : null;

    private string[]? Words(string key) => template().Tags[key]?.Split(' ');

    private static DateTimeOffset Parse(string at) => DateTimeOffset.Parse(at, CultureInfo.InvariantCulture);
}
