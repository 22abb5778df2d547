using Charlie.Lambdas.Reports;

namespace Charlie.Lambdas.Notifications;

/// <summary>What a rule delivers to Notify: one thing that people are to know.</summary>
/// <param name="Origin">Which run it is about, and where.</param>
internal abstract record Alert(AlertOrigin Origin)
{
    /// <summary>The first word of every notification: the same in every language, because people search for it.</summary>
    public abstract string Word { get; }

    /// <summary>
    /// Whether somebody has to look, or has been told to and need not any more; the rest is good to know. A confirmation, what an
    /// operator requested and an old base wait until the morning.
    /// </summary>
    public abstract bool IsToAct { get; }

    /// <summary>The release that it names; <c>null</c> where it names none.</summary>
    public abstract string? Release { get; }

    /// <summary>A function's report.</summary>
    internal sealed record OfReport(DeploymentReport Report, AlertOrigin Origin) : Alert(Origin)
    {
        public override string Word => Report.Outcome switch
        {
            Outcome.Confirmed => "CONFIRMED",
            Outcome.RolledBack => "ROLLED BACK",
            Outcome.Failed => "FAILED",
            Outcome.Stuck => "STUCK",
            Outcome.Retrying => "RETRYING",
            Outcome.Unhealthy => "UNHEALTHY",
            Outcome.AllClear => "ALL CLEAR",
            Outcome.Unconfirmed => "UNCONFIRMED",
            Outcome.OldBase => "OLD BASE",
            Outcome.Started or Outcome.AlreadyCurrent => "STARTED",
            Outcome.Held => "HELD",
            Outcome.Recorded => "RECORDED",
            Outcome.Stopped => "STOPPED",
            Outcome.Stale => "STALE",
            Outcome.Rejected => "REJECTED",
            Outcome.Refused => "REFUSED",
            _ => throw new AlertException($"no notification tells of {Report.Outcome}"),
        };

        public override bool IsToAct => Report.Outcome switch
        {
            Outcome.Confirmed or Outcome.OldBase or Outcome.Started or Outcome.AlreadyCurrent or Outcome.Held or Outcome.Recorded
                or Outcome.Stopped or Outcome.Stale => false,
            _ => true,
        };

        public override string? Release => Report.Release;

        /// <summary>How long there was no healthy instance, of what tells since when.</summary>
        public TimeSpan? Out => Report.Outcome is Outcome.Stuck or Outcome.AllClear ? Origin.At - Report.Since : null;
    }

    /// <summary>A function gave up a push or a request, so there is no report.</summary>
    /// <param name="Event">The event's detail-type.</param>
    /// <param name="Attempts">How often the function ran with it.</param>
    /// <param name="Error">The error's type and message.</param>
    internal sealed record OfFailure(string Event, int Attempts, string Error, AlertOrigin Origin) : Alert(Origin)
    {
        public override string Word => "FUNCTION FAILED";

        public override bool IsToAct => true;

        public override string? Release => null;
    }
}

/// <summary>The run that an alert is about.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="RequestId">The run's request id, by which its log is found.</param>
/// <param name="At">When the run ended.</param>
/// <param name="Account">The account's number.</param>
internal sealed record AlertOrigin(string Function, string RequestId, DateTimeOffset At, string Account, string Region);

/// <summary>An event that no notification can be written from.</summary>
internal sealed class AlertException(string message) : Exception(message);
