using System.Collections.Immutable;
using System.Globalization;
using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Decisions;

/// <summary>
/// The record tag of the machines that could not run a release: written before such a machine is removed, and emptied when
/// the release is confirmed, or becomes healthy after that. It makes repetition visible to notifications, and says since when
/// the release was tried.
/// </summary>
/// <param name="FirstLaunch">When the first machine of the release that failed was launched; never changed.</param>
/// <param name="Count">How many machines failed since the count was emptied last.</param>
/// <param name="Instances">The last of them, at most five: they keep two writers from counting one machine twice.</param>
/// <param name="LastFailure">Why the last one was removed; empty where the count is 0.</param>
internal sealed record Attempts(
    Release Release, DateTimeOffset FirstLaunch, int Count, ImmutableArray<string> Instances, string LastFailure) : IRecordTag
{
    public const string Prefix = "charlie:attempts:";

    private const int MaxInstances = 5;
    private const int MaxFailureLength = 100;
    private const string None = "-";

    public string Key => Prefix + Release;

    public string Value => string.Create(
        CultureInfo.InvariantCulture,
        $"{Iso8601.Write(FirstLaunch)} {Count} {(Instances.IsEmpty ? None : string.Join(',', Instances))} {(LastFailure is "" ? None : LastFailure)}");

    public static Attempts? Read(string key, string value) =>
        Release.TryParse(key[Prefix.Length..], out var release)
        && value.Split(' ', 4) is [var time, var count, var instances, var failure]
        && Iso8601.Read(time) is { } first
        && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new Attempts(release, first, number, instances is None ? [] : [.. instances.Split(',')], failure is None ? "" : failure)
            : null;

    /// <summary>With one more machine that failed; a machine that is counted already changes nothing.</summary>
    public static Attempts With(Attempts? before, Release release, string instance, DateTimeOffset launchedAt, string failure)
    {
        var attempts = before ?? new Attempts(release, launchedAt, 0, [], "");
        return attempts.Instances.Contains(instance)
            ? attempts
            : attempts with
            {
                Count = attempts.Count + 1,
                Instances = [.. attempts.Instances.Append(instance).TakeLast(MaxInstances)],
                LastFailure = SingleLineText.Of(failure, MaxFailureLength),
            };
    }

    /// <summary>After the release was confirmed: the first launch stays.</summary>
    public Attempts Emptied() => this with { Count = 0, Instances = [], LastFailure = "" };

    public bool Equals(Attempts? other) => other is not null && (Key, Value) == (other.Key, other.Value);

    public override int GetHashCode() => HashCode.Combine(Key, Value);
}
