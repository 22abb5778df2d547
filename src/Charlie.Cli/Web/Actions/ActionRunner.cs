using Charlie.Cli.Web.Reading;
using Charlie.Lambdas.Decisions;
using Charlie.Operations;
using Charlie.Operations.Planning;
using Charlie.Operations.Requests;

namespace Charlie.Cli.Web.Actions;

/// <summary>Does what the page asks for: a request is put only if the functions' own policy takes it.</summary>
internal sealed class ActionRunner(IConsoleSource source, TimeProvider time)
{
    /// <summary>What a request would do now; nothing is put.</summary>
    /// <exception cref="OperationException">There is no such request, or the functions would not read it.</exception>
    public async Task<ActionAnswer> PlanAsync(string name, string? reason)
    {
        var request = Find(name);
        var snapshot = await source.ReadAsync();
        return AnswerOf(PlanOf(EventOf(request, snapshot, reason), snapshot), isDone: false);
    }

    /// <summary>Does an action.</summary>
    /// <param name="reason">Why, as an operator says it; it is recorded and notified.</param>
    /// <exception cref="OperationException">There is no such action now, or it cannot be done; the message says why.</exception>
    public async Task<ActionAnswer> RunAsync(string name, string? reason, CancellationToken cancellation)
    {
        var snapshot = await source.ReadAsync();
        return PushKind.All.FirstOrDefault(kind => kind.Action == name) is { } kind ? await PushAsync(kind, snapshot, cancellation)
            : SteerRequest.All.FirstOrDefault(request => request.Action == name) is { } steer
                ? await PutAsync(EventOf(steer, snapshot, reason), snapshot, cancellation)
            : await BreakAsync(name, snapshot, cancellation);
    }

    private async Task<ActionAnswer> PushAsync(PushKind kind, Snapshot snapshot, CancellationToken cancellation)
    {
        if (source.App is not { Embedded: not null, TakesAnyImage: true })
        {
            throw new OperationException("Images that are made up run on the embedded AWS without containers only.");
        }

        var push = NextPush.Of(snapshot, source.App.Settings);
        await source.SetImageAsync(push.Digest, kind.Setting, cancellation);
        return await PutAsync(push.Event, snapshot, cancellation);
    }

    private async Task<ActionAnswer> PutAsync(OperatorEvent put, Snapshot snapshot, CancellationToken cancellation)
    {
        var plan = PlanOf(put, snapshot);
        if (!plan.IsTurnedDown)
        {
            await source.PutAsync(put, cancellation);
        }

        return AnswerOf(plan, !plan.IsTurnedDown);
    }

    private async Task<ActionAnswer> BreakAsync(string name, Snapshot snapshot, CancellationToken cancellation)
    {
        var breakage = Breakage.All(snapshot).FirstOrDefault(one => one.Action == name && one.Route is not null)
            ?? throw new OperationException($"There is no action '{name}' now.");
        await source.PostAsync(breakage.Route!, breakage.Body, cancellation);
        return new ActionAnswer(true, null, []);
    }

    private PlanDocument PlanOf(OperatorEvent put, Snapshot snapshot) =>
        Planner.Plan(put.Read(source.App.Settings, time), snapshot, source.App.Settings, time.GetUtcNow());

    private OperatorEvent EventOf(SteerRequest request, Snapshot snapshot, string? reason)
    {
        var why = string.IsNullOrWhiteSpace(reason) ? request.Usual : reason;
        return request.EventOf(
            source.App.Name,
            snapshot,
            why ?? throw new OperationException("Say why: it is recorded, and people are notified of it."),
            Environment.UserName);
    }

    private static SteerRequest Find(string name) =>
        SteerRequest.All.FirstOrDefault(one => one.Action == name) ?? throw new OperationException($"'{name}' is no request.");

    private static ActionAnswer AnswerOf(PlanDocument plan, bool isDone) =>
        new(isDone || !plan.IsTurnedDown, plan.Summary, [.. plan.Actions.Select(action => $"{action.What}: {action.Why}")]);
}

/// <summary>What came of an action.</summary>
/// <param name="IsTaken">Whether it was done; of a plan, whether it would be.</param>
/// <param name="Summary">The sentence of the report that the functions' policy comes to; <c>null</c> for what is no request.</param>
/// <param name="Planned">What the functions do about it.</param>
internal sealed record ActionAnswer(bool IsTaken, string? Summary, IReadOnlyList<string> Planned);
