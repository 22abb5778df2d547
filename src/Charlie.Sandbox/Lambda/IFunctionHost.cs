namespace Charlie.Sandbox.Lambda;

/// <summary>One attempt to run a function with an event.</summary>
/// <param name="RequestId">The same for every attempt of an event.</param>
/// <param name="Payload">The event, a JSON text.</param>
/// <param name="Attempt">Counts from 1.</param>
public sealed record Invocation(FunctionConfiguration Function, string RequestId, string Payload, int Attempt);

/// <summary>How an attempt ended.</summary>
public enum InvocationStatus
{
    Succeeded,

    /// <summary>The function returned an error, crashed, did not start or ran out of time.</summary>
    FunctionError,

    /// <summary>No environment was free and none could be started; the function did not run.</summary>
    Throttled,
}

/// <summary>The result of an attempt.</summary>
/// <param name="Payload">The function's response, or the error as AWS shapes it (<c>errorMessage</c>, <c>errorType</c>,
/// <c>stackTrace</c>); <c>null</c> when it did not run.</param>
/// <param name="Environment">The access key of the execution environment that ran it.</param>
public sealed record InvocationResult(InvocationStatus Status, string? Payload, string? Environment = null);

/// <summary>What runs functions: processes, or in a simulation the functions themselves.</summary>
public interface IFunctionHost
{
    /// <summary>Runs one attempt to its end. Called under the cloud's lock, so it must not wait before its first await.</summary>
    /// <exception cref="OperationCanceledException">The host was shut down meanwhile.</exception>
    Task<InvocationResult> InvokeAsync(Invocation invocation);
}
