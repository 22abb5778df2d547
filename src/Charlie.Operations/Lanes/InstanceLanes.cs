using System.Collections.Immutable;
using Charlie.Operations.Status;

namespace Charlie.Operations.Lanes;

/// <summary>The instances of an app over time, from one reading after another.</summary>
/// <param name="Lanes">One an instance, by the time at which they begin.</param>
/// <param name="Service">Whether the app was in service; the oldest first, one behind the other.</param>
/// <param name="ReadAt">The last reading.</param>
internal sealed record InstanceLanes(
    ImmutableArray<Lane> Lanes, ImmutableArray<Stretch<ServiceState>> Service, DateTimeOffset? ReadAt)
{
    public static readonly InstanceLanes None = new([], [], null);

    // As far back as the page shows.
    private static readonly TimeSpan Kept = TimeSpan.FromHours(6);

    private const int MaxGone = 200;
    private const int MaxStretches = 200;

    /// <summary>The lanes after one more reading.</summary>
    /// <param name="maxGap">After a longer time without a reading nothing is known of that time.</param>
    public InstanceLanes Next(StatusDocument status, TimeSpan maxGap)
    {
        var from = ReadAt is { } before && status.At - before <= maxGap ? status.At : ReadAt ?? status.At;
        var known = Lanes.ToDictionary(lane => lane.Id);
        var now = status.Instances.Select(instance => Next(known.GetValueOrDefault(instance.Id), instance, status.At)).ToList();
        var present = now.Select(lane => lane.Id).ToHashSet();
        var gone = Lanes.Where(lane => !present.Contains(lane.Id))
            .Select(lane => lane.EndedAt is null ? Ended(lane, from) : lane)
            .Where(lane => status.At - lane.EndedAt <= Kept)
            .OrderByDescending(lane => lane.EndedAt)
            .Take(MaxGone);
        return new InstanceLanes(
            [.. now.Concat(gone).OrderBy(lane => lane.From).ThenBy(lane => lane.Id, StringComparer.Ordinal)],
            Recent(NextService(status, maxGap), status.At),
            status.At);
    }

    private static Lane Next(Lane? lane, InstanceDocument instance, DateTimeOffset at)
    {
        var state = StateOf(instance);
        return lane is null
            ? new Lane(instance.Id, instance.Release, Beginning(instance, state, at))
            : lane with { Stretches = [.. With(lane.Stretches, state, at).TakeLast(MaxStretches)] };
    }

    // What EC2 and the records say of the time before the first reading.
    private static ImmutableArray<Stretch<LaneState>> Beginning(InstanceDocument instance, LaneState state, DateTimeOffset at)
    {
        ImmutableArray<Stretch<LaneState>> stretches = [];
        if (instance.LaunchedAt is { } launched && launched < at)
        {
            stretches = [new Stretch<LaneState>(LaneState.Pending, launched, null)];
        }

        if (instance.InServiceAt is { } inService && inService < at)
        {
            stretches = With(stretches, LaneState.InService, inService);
        }

        return With(stretches, state, at);
    }

    private ImmutableArray<Stretch<ServiceState>> NextService(StatusDocument status, TimeSpan maxGap)
    {
        var state = ServiceOf(status);
        if (ReadAt is not { } before)
        {
            return [new Stretch<ServiceState>(state, SinceOf(state, status), null)];
        }

        var service = status.At - before > maxGap ? With(Service, ServiceState.Unknown, before) : Service;
        return With(service, state, status.At);
    }

    private static DateTimeOffset SinceOf(ServiceState state, StatusDocument status) => state switch
    {
        ServiceState.Up => status.Instances
            .Where(instance => StateOf(instance) == LaneState.InService).Min(instance => instance.InServiceAt) ?? status.At,
        ServiceState.Down => status.DownSince ?? status.At,
        _ => status.Stopped?.At ?? status.At,
    };

    private static ServiceState ServiceOf(StatusDocument status) =>
        status.Instances.Any(instance => StateOf(instance) == LaneState.InService) ? ServiceState.Up
        : status.State is AppState.Stopped or AppState.Closed ? ServiceState.Off
        : ServiceState.Down;

    private static LaneState StateOf(InstanceDocument instance) =>
        instance.State.StartsWith("Pending", StringComparison.Ordinal) ? LaneState.Pending
        : instance.State != "InService" ? LaneState.Ending
        : StatusChange.KindOf(instance) is null or "healthy" ? LaneState.InService
        : LaneState.Unhealthy;

    private static Lane Ended(Lane lane, DateTimeOffset at) =>
        lane with { Stretches = [.. lane.Stretches[..^1], lane.Stretches[^1] with { Until = at }] };

    private static ImmutableArray<Stretch<ServiceState>> Recent(ImmutableArray<Stretch<ServiceState>> service, DateTimeOffset at) =>
        [.. service.Where(stretch => stretch.Until is not { } until || at - until <= Kept).TakeLast(MaxStretches)];

    private static ImmutableArray<Stretch<T>> With<T>(ImmutableArray<Stretch<T>> stretches, T state, DateTimeOffset at)
        where T : struct, Enum =>
        stretches switch
        {
            [] => [new Stretch<T>(state, at, null)],
            [.., var last] when EqualityComparer<T>.Default.Equals(last.State, state) && last.Until is null => stretches,
            [.. var before, var last] => [.. before, last with { Until = last.Until ?? at }, new Stretch<T>(state, at, null)],
        };
}
