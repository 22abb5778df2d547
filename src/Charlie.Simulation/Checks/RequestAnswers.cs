using System.Globalization;
using Charlie.Lambdas.Reports;
using Charlie.Sandbox.Context;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Oracles;

namespace Charlie.Simulation.Checks;

/// <summary>
/// A hold, resume, restart, stop or start has left its record, or another one that came later, or nothing was to be done.
/// </summary>
internal sealed class RequestAnswers(SimulatedEnvironment environment, Oracle oracle, Action<string> fail)
{
    // When the app was seen closed, or running, last: a run may have read that a moment ago.
    private DateTimeOffset? closedAt;
    private DateTimeOffset? notStoppedAt;

    // The same of each holder's hold.
    private readonly Dictionary<string, DateTimeOffset> freeAt = [];

    private DateTimeOffset Now => environment.Time.GetUtcNow();

    private RequestTags Tags => oracle.Requests;

    public void Check(TimelineEntry entry)
    {
        var stopped = Tags.IsStopped;
        closedAt = stopped || environment.Group.DesiredCapacity == 0 ? entry.At : closedAt;
        notStoppedAt = stopped ? notStoppedAt : entry.At;
        foreach (var holder in RequestTags.Holders.Where(holder => !Tags.IsHeldBy(holder)))
        {
            freeAt[holder] = entry.At;
        }
    }

    public void Answered(FollowedEvent request)
    {
        var (at, holder) = (request.At, request.Text("holder") ?? "operator");
        var (kept, mayBeStale) = request.DetailType switch
        {
            "Hold Requested" => (
                Tags.TimeOf(HoldKey(holder), 1) >= at,
                Tags.TimeOf(HoldKey(holder), 1) >= at || Tags.TimeOf($"charlie:resume:{holder}") >= at || HasEnded(request)),
            "Resume Requested" => (
                Tags.TimeOf($"charlie:resume:{holder}") >= at,
                Tags.TimeOf($"charlie:resume:{holder}") >= at || IsRecent(freeAt.GetValueOrDefault(holder))
                    || !Tags.IsHeldBy(holder) || Tags.TimeOf(HoldKey(holder), 1) > at),
            // A run that read the records just before a stop or a handover, and the group just after it, refuses and says so.
            "Restart Requested" => (
                Tags.TimeOf("charlie:restart") >= at
                    || (request.Outcome == Outcome.Refused && (IsRecent(closedAt) || IsRecent(Tags.HandoverBegun))),
                Tags.TimeOf("charlie:restart") >= at || IsRecent(closedAt)),
            "Stop Requested" => (
                Tags.TimeOf("charlie:stopped") >= at, Tags.TimeOf("charlie:stopped") >= at || Tags.TimeOf("charlie:started") >= at),
            "Start Requested" => (
                Tags.TimeOf("charlie:started") >= at, IsRecent(notStoppedAt) || Tags.TimeOf("charlie:stopped") > at),
            _ => (false, false),
        };
        if (!(request.Outcome == Outcome.Stale ? mayBeStale : kept))
        {
            fail($"an operator's request was not followed: {request}");
        }
    }

    private static string HoldKey(string holder) => $"charlie:hold:{holder}";

    // Holds of the simulation have an end in whole minutes.
    private bool HasEnded(FollowedEvent hold) =>
        hold.Text("for") is { } time && hold.At.AddMinutes(int.Parse(time[..^1], CultureInfo.InvariantCulture)) <= Now;

    private bool IsRecent(DateTimeOffset? at) => Now - at <= DesiredReleaseHistory.Grace;
}
