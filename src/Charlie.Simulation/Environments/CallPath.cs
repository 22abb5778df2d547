using Charlie.Lambdas.Aws;
using Charlie.Sandbox;
using Charlie.Sandbox.Context;
using Charlie.Simulation.Plans;

namespace Charlie.Simulation.Environments;

/// <summary>One call on its way to AWS, in the form that a tier gives it.</summary>
/// <typeparam name="TResponse">What comes back.</typeparam>
internal interface IPathCall<TResponse>
{
    /// <summary>The service's name in the call's signature.</summary>
    string Service { get; }

    /// <summary>Equal for equal calls that change nothing; <c>null</c> for a call that changes something.</summary>
    string? ReadKey { get; }

    /// <summary>Whether it reads the records' template itself.</summary>
    bool ReadsRecords { get; }

    /// <summary>Has AWS respond to it.</summary>
    TResponse Respond();

    bool Succeeded(TResponse response);
}

/// <summary>The way between the functions and AWS, the same in both tiers: what it takes, and the faults that strike on it.</summary>
internal sealed class CallPath(Cloud cloud, FaultInjector faults, Random random)
{
    private static readonly TimeSpan Timeout = ClientLimits.CallTimeout;

    private readonly TimeProvider time = cloud.Time;

    /// <summary>Calls to which AWS responded.</summary>
    public long Calls { get; private set; }

    /// <summary>Sends a call of the run whose code is executing; one of an operator has no faults and takes no time.</summary>
    /// <exception cref="HttpRequestException">The connection broke.</exception>
    public async Task<TResponse> SendAsync<TResponse>(IPathCall<TResponse> call, RememberedResponses<TResponse> remembered)
    {
        if (FunctionRun.Current is not { } run)
        {
            return call.Respond();
        }

        await StopIfOver(run);
        var fault = faults.NextCall(run.Function, call.Service, call.ReadKey is not null);
        await Task.Delay(Leg(), time, CancellationToken.None);
        await StopIfOver(run);
        switch (fault)
        {
            case CallFault.Throttled or CallFault.ServerError:
                cloud.Faults.Arm(new Fault(fault == CallFault.Throttled ? FaultAction.Throttle : FaultAction.Error500, run.Function));
                return call.Respond();
            case CallFault.LostBefore:
                throw Broken();
            case CallFault.KilledBefore:
                run.Kill(run);
                await StopIfOver(run);
                break;
            case CallFault.TimedOut:
                await Task.Delay(Timeout, time, CancellationToken.None);
                _ = Respond();
                run.Unanswered++;
                throw Broken();
        }

        var response = Respond();
        if (faults.Slowness >= Timeout)
        {
            await Task.Delay(Timeout - (faults.Slowness / 2), time, CancellationToken.None);
            run.Unanswered++;
            throw Broken();
        }

        if (fault == CallFault.LostAfter)
        {
            run.Unanswered++;
            throw Broken();
        }

        if (fault == CallFault.KilledAfter)
        {
            run.Kill(run);
        }

        await Task.Delay(Leg(), time, CancellationToken.None);
        await StopIfOver(run);
        run.HasFreshRecords |= call.ReadsRecords;
        return response;

        TResponse Respond()
        {
            Calls++;
            return remembered.Respond(call, faults);
        }
    }

    public static HttpRequestException Broken() =>
        new(HttpRequestError.ResponseEnded, "The connection was broken.", new IOException("The connection was broken."));

    /// <summary>The code of a run that is over waits for ever: its process is gone.</summary>
    private static Task StopIfOver(FunctionRun run) =>
        run.IsOver ? new TaskCompletionSource().Task : Task.CompletedTask;

    private TimeSpan Leg() => TimeSpan.FromMilliseconds(random.Next(3, 30)) + (faults.Slowness / 2);
}
