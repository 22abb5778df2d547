using Charlie.Operations.Releases;
using Charlie.Operations.Requests;
using Charlie.Operations.Status;

namespace Charlie.Cli.Display.Operating.Texts;

/// <summary>
/// Everything that a person reads of status, history, one release and outcomes, in one language. Reasons, failures, plans and the
/// group's own words are shown as they are recorded.
/// </summary>
internal interface ITexts
{
    /// <summary>The keys for yes and no.</summary>
    (char Yes, char No) Keys { get; }

    string NoImage { get; }

    string NotProbed { get; }

    string Unknown { get; }

    /// <summary>Of an instance that the group does not list any more.</summary>
    string Gone { get; }

    string NoHold { get; }

    string HistoryNote { get; }

    /// <param name="why">Why the log of the reports could not be read.</param>
    string HistoryUnread(string why);

    string BaseInFull { get; }

    string VersionDeleted { get; }

    string ItsLogs { get; }

    string Question { get; }

    string RollBackTo { get; }

    string UsualChoice { get; }

    string DowntimeUnknown { get; }

    /// <summary>Before a fact at most ten characters; a column of a table is as wide as it needs.</summary>
    string Of(Label label);

    string Of(ReleaseState state);

    /// <summary>A release within a sentence.</summary>
    string NameOf(string release);

    /// <param name="age">A duration such as <c>3 min</c>.</param>
    string Ago(string age);

    /// <inheritdoc cref="Ago"/>
    string Ahead(string age);

    /// <summary>An image's commit and when it was pushed.</summary>
    string Pushed(string? commit, string when);

    /// <summary>Who rejected a release, behind its state.</summary>
    string By(string who);

    /// <inheritdoc cref="Ago"/>
    string AfterPush(string age);

    /// <summary>How the app is, in one sentence.</summary>
    /// <param name="since">Since when it is down or stopped, in words; empty for the other states.</param>
    string Headline(StatusDocument status, string since);

    string WhyDesired(StatusDocument status);

    /// <summary>What an operator can do; <c>null</c> where nothing has to be done.</summary>
    string? Next(StatusDocument status);

    string Failing(AttemptsDocument attempts);

    string RestartRequested(string when, string reason);

    /// <param name="until">Its end in words; <c>null</c> without one.</param>
    string Hold(HoldDocument hold, string? until);

    /// <param name="release">Where it would go; <c>null</c> for nowhere.</param>
    string RollbackTo(string? release);

    string NoInstances(string group, int capacity);

    /// <summary>An instance's response to a probe.</summary>
    string Probe(string words);

    string RanInstead(string fallback);

    string VersionOf(long number);

    /// <inheritdoc cref="Ago"/>
    string PushedBefore(string age);

    string WasRejected(string? reason);

    string DowntimeOfRolling(int percentage);

    /// <summary>How long a handover takes the app out of service.</summary>
    string DowntimeOfHandover { get; }

    /// <inheritdoc cref="Ago"/>
    string Downtime(string age);

    /// <param name="request">The request as the plan names it.</param>
    string ThePlanOf(string request);

    /// <param name="summary">The plan's own.</param>
    string Recorded(string summary);

    /// <param name="request">The request as the plan names it.</param>
    /// <param name="after">How long was waited.</param>
    string NothingRecorded(string request, string after);

    /// <summary>How waiting for a release ended.</summary>
    /// <param name="end"><c>null</c> where the time was up first.</param>
    /// <param name="waited">How long was waited at most.</param>
    string Ended(WaitEnd? end, ReleaseFacts facts, string waited);
}
