using System.Collections.Immutable;

namespace Charlie.Lambdas.Decisions;

/// <summary>What is left to do so that the group runs its target.</summary>
/// <param name="Pin">The version to pin; <c>null</c> where the right one is pinned.</param>
/// <param name="Replace">The instances to terminate; the group launches others from the pin.</param>
internal sealed record Convergence(ReleaseVersion? Pin, ImmutableArray<string> Replace)
{
    private static readonly Convergence Nothing = new(null, []);

    public bool IsDone => Pin is null && Replace.IsEmpty;

    /// <summary>
    /// Pins the target's version, and replaces what is in service of another release: judged by release, never by the
    /// pin or a version's number. An instance whose version was not read is left alone (reads lag), and while a
    /// launch is on its way nothing is replaced: it is judged first.
    /// </summary>
    public static Convergence Towards(Target target, Records records, Group group)
    {
        if (target.Version is not { } version)
        {
            return Nothing;
        }

        var replace = group.Instances.Any(instance => instance.IsOnItsWay)
            ? []
            : group.Instances
                .Where(instance => instance.IsInService && records.Version(instance.Version) is { } its && its.Release != target.Release)
                .Select(instance => instance.Id);
        return new Convergence(group.Pin == version.Number ? null : version, [.. replace]);
    }
}
