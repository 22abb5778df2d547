using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Events;

namespace Charlie.Lambdas.Functions;

/// <summary>One of the two functions.</summary>
internal interface IFunction
{
    /// <summary>Handles one event. Throws only what Lambda is to run again.</summary>
    /// <param name="inbound">The event.</param>
    /// <param name="available">How long the run may take.</param>
    /// <param name="log">The run's log.</param>
    Task<RunResult> HandleAsync(InboundEvent inbound, TimeSpan available, Log log);
}
