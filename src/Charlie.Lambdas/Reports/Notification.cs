using System.Numerics;
using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Reports;

/// <summary>Which reports are notified: rules match the report's <c>notify</c>. docs/deploying.md has a row for each.</summary>
internal static class Notification
{
    /// <param name="result">What a run came to.</param>
    /// <returns>
    /// Whether people are to read it. What repeats by itself is notified the first, second, fourth, eighth ... time; the
    /// others are limited where they are decided.
    /// </returns>
    public static bool IsDue(RunResult result) => result switch
    {
        RunResult.Retrying retrying => IsRound(retrying.Attempt),
        RunResult.Failed failed => IsRound(failed.Attempt),
        RunResult.Unhealthy { IsAlone: true } alone => IsRound(alone.Attempt),
        RunResult.StalePush { IsDuplicate: false } or RunResult.StaleRequest => true,
        RunResult.Held held => held.Hold.Holder == Holder.Operator || held.Push is not null,
        RunResult.Rejected or RunResult.Refused or RunResult.Recorded or RunResult.AppStopped => true,
        RunResult.Started { IsRequested: true } or RunResult.AlreadyCurrent { Note: not null } => true,
        RunResult.Confirmed or RunResult.RolledBack or RunResult.ReportedAgain => true,
        RunResult.AllClear clear => clear.WasTold,
        RunResult.Stuck or RunResult.Unconfirmed or RunResult.Unhealthy or RunResult.OldBase => true,
        _ => false,
    };

    private static bool IsRound(int attempt) => BitOperations.IsPow2(attempt);
}
