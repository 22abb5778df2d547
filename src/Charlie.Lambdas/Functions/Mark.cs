using System.Diagnostics;
using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Functions;

/// <summary>
/// Tells which kinds of steps, results and decisions a run comes to, so that the simulation counts what it reaches. The published
/// program has no such calls: only other builds define <c>MARKS</c>.
/// </summary>
internal static class Mark
{
    /// <summary>Told of each, on the thread that it is set on.</summary>
    [field: ThreadStatic]
    public static Action<Type>? Counter { get; set; }

    [Conditional("MARKS")]
    public static void Reached(RefreshStep step) =>
        Counter?.Invoke((step is RefreshStep.Done done ? (object)done.Result : step).GetType());

    [Conditional("MARKS")]
    public static void Reached(WatchStep step, WatchState state)
    {
        Counter?.Invoke((step is WatchStep.Stop stop ? (object)stop.Result : step).GetType());
        if (step is WatchStep.Act && state.Position < state.Chosen.Length)
        {
            Counter?.Invoke(state.Chosen[state.Position].Decision.GetType());
        }
    }
}
