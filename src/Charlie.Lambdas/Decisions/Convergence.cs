using System.Collections.Immutable;

namespace Charlie.Lambdas.Decisions;

/// <summary>What is left to do so that the group runs its target, in the order in which it is done.</summary>
/// <param name="Pin">The version to pin; <c>null</c> where the pin stays.</param>
/// <param name="Replace">The instances to terminate; the group launches others from the pin.</param>
/// <param name="Refresh">What to do with the group's instance refresh; <c>null</c> for nothing.</param>
internal sealed record Convergence(ReleaseVersion? Pin, ImmutableArray<string> Replace, RefreshStep? Refresh = null)
{
    private static readonly Convergence Nothing = new(null, []);

    /// <summary>The part of it that brings no instance in and takes none out.</summary>
    public Convergence WithoutReplacing() => this with { Replace = [], Refresh = Refresh is RefreshStep.Start ? null : Refresh };

    public bool IsDone => Pin is null && Replace.IsEmpty && Refresh is null;

    /// <summary>
    /// Replaces what runs another release: judged by release, never by the pin or a version's number. An instance
    /// whose version was not read is left alone (reads lag).
    /// </summary>
    public static Convergence Towards(Target target, Records records, Group group, Strategy strategy) =>
        target.Version is { } version
            ? strategy is Strategy.Rolling rolling
                ? Roll(target, version, records, group, rolling)
                : Replacing(target, version, records, group)
            : Nothing;

    // While a launch is on its way nothing is replaced: it is judged first.
    private static Convergence Replacing(Target target, ReleaseVersion version, Records records, Group group)
    {
        var replace = group.Instances.Any(instance => instance.IsOnItsWay)
            ? []
            : group.Instances.Where(instance => instance.IsInService && IsOther(instance, target, records)).Select(instance => instance.Id);
        return new Convergence(group.Pin == version.Number ? null : version, [.. replace]);
    }

    // The pin is what a refresh is rolled back to. So one that may have to be rolled back brings its version in by
    // itself, and the group pins that when it succeeded; only where nothing is to be replaced, or the version was
    // confirmed before, is it pinned here. A rollback to what should not run any more is cancelled like any other
    // refresh: its launches would be given up one after the other, until Auto Scaling gives the rollback up after an hour.
    private static Convergence Roll(Target target, ReleaseVersion version, Records records, Group group, Strategy.Rolling way)
    {
        if (group.Refresh is { IsActive: true } refresh)
        {
            return refresh.IsCancelling || records.Version(refresh.Launches(group.Pin)) is not { } its || its.Release == target.Release ? Nothing
                : Nothing with
                {
                    Refresh = group.Pin == version.Number && refresh is { CanRollBack: true }
                        ? new RefreshStep.RollBack(refresh)
                        : new RefreshStep.Cancel(refresh),
                };
        }

        var pin = group.Pin == version.Number ? null : version;
        var confirmed = records.IsConfirmed(target.Release);
        return group.Instances.Any(instance => (instance.IsInService || instance.IsOnItsWay) && IsOther(instance, target, records))
            ? new Convergence(confirmed ? pin : null, [], new RefreshStep.Start(version, way, AutoRollback: !confirmed))
            : Nothing with { Pin = pin };
    }

    private static bool IsOther(GroupInstance instance, Target target, Records records) =>
        records.Version(instance.Version) is { } its && its.Release != target.Release;
}
