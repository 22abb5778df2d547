using Charlie.Lambdas.Decisions;
using Charlie.Operations;
using Charlie.Operations.Requests;

namespace Charlie.Cli.Web.Actions;

/// <summary>An operator's request that the page offers.</summary>
/// <param name="Action">Its action's name; <c>roll-back</c>.</param>
/// <param name="Command">The command's name: <c>rollback</c>.</param>
/// <param name="Usual">The reason where none is given; <c>null</c> where an operator must say why.</param>
internal sealed record SteerRequest(string Action, string Command, string? Usual)
{
    public static readonly IReadOnlyList<SteerRequest> All =
    [
        new("roll-back", "rollback", null),
        new("hold", "hold", null),
        new("resume", "resume", "resumed on the page"),
        new("restart", "restart", null),
        new("stop", "stop", null),
        new("start", "start", "started on the page"),
    ];

    /// <summary>Whether the request makes sense now.</summary>
    public bool IsOpen(Snapshot snapshot) => Action switch
    {
        "roll-back" => snapshot.Records.FallbackOf(snapshot.Desired.Release) is not null,
        "hold" => snapshot.Records.HoldInForce is null,
        "resume" => snapshot.Records.HoldInForce is not null,
        "start" => snapshot.Records.IsStopped,
        _ => !snapshot.IsClosed,
    };

    /// <summary>The event of the request.</summary>
    /// <exception cref="OperationException">There is nothing to resume.</exception>
    public OperatorEvent EventOf(string app, Snapshot snapshot, string reason, string by) => Action switch
    {
        "roll-back" => OperatorEvent.Rollback(app, snapshot.Desired.Release, null, reason, by),
        "hold" => OperatorEvent.Hold(app, null, null, reason, by),
        "resume" => OperatorEvent.Resume(
            app,
            snapshot.Records.HoldInForce?.Holder ?? throw new OperationException("Nothing is held."),
            reason,
            by),
        "restart" => OperatorEvent.Restart(app, reason, by),
        "stop" => OperatorEvent.Stop(app, reason, by),
        "start" => OperatorEvent.Start(app, reason, by),
        _ => throw new ArgumentOutOfRangeException(nameof(snapshot), Action, "Not a request."),
    };
}
