using Charlie.Operations.Releases;
using Charlie.Operations.Requests;
using Charlie.Operations.Status;

namespace Charlie.Cli.Display.Operating.Texts;

/// <summary>English.</summary>
internal sealed class EnglishTexts : ITexts
{
    public (char Yes, char No) Keys => ('y', 'n');

    public string NoImage => "no image";

    public string NotProbed => "not probed from here";

    public string Unknown => "unknown";

    public string Gone => "gone";

    public string NoHold => "none";

    public string HistoryNote => "* the desired release. Of older releases only the outcome is kept.";

    public string HistoryUnread(string why) => $"* the desired release. Older releases could not be read: {why}";

    public string BaseInFull => "0.0, the base image";

    public string VersionDeleted => "deleted: it cannot run again";

    public string ItsLogs => "Its logs:";

    public string Question => "Put the request?";

    public string RollBackTo => "Roll back to";

    public string UsualChoice => "(usual)";

    public string DowntimeUnknown => "about as long as a launch takes";

    public string Of(Label label) => label switch
    {
        Label.Age => "Up",
        Label.Group => "Group says",
        Label.LastEnd => "Last end",
        _ => label.ToString(),
    };

    public string Of(ReleaseState state) => state switch
    {
        ReleaseState.RolledBack => "rolled back",
        _ => state.ToString().ToLowerInvariant(),
    };

    public string NameOf(string release) => release == "0.0" ? "the base image" : $"release {release}";

    public string Ago(string age) => $"{age} ago";

    public string Ahead(string age) => $"in {age}";

    public string Pushed(string? commit, string when) => (commit is null ? "" : $"commit {commit}, ") + $"pushed {when}";

    public string By(string who) => $" by {who}";

    public string AfterPush(string age) => $", {age} after the push";

    public string Headline(StatusDocument status, string since)
    {
        var (release, count) = (NameOf(status.Desired.Release), $"{status.InService} of {status.DesiredCapacity} instances");
        return status.State switch
        {
            AppState.InSync => $"{release} is confirmed and runs on {count}.",
            AppState.Deploying when status.Desired.IsBase => $"nothing was pushed yet; {release} is not confirmed yet.",
            AppState.Deploying => $"{release} is being deployed; it is in service on {count}.",
            AppState.Replacing => $"{release} is confirmed; it is in service on {count}, and the group is being brought to it.",
            AppState.Down => $"DOWN since {since}; {release} should run.",
            AppState.Refused => $"{release} cannot be deployed: the group is not as Charlie needs it.",
            AppState.Stopped => $"stopped by an operator since {since}.",
            AppState.Closed => $"the group's desired capacity is 0, so nothing runs. {release} runs when it opens.",
            _ => throw new ArgumentOutOfRangeException(nameof(status), status.State, "Not a state."),
        };
    }

    public string WhyDesired(StatusDocument status) => status.WhyDesired;

    public string? Next(StatusDocument status) => status.State switch
    {
        AppState.Deploying or AppState.Replacing => "charlie status --watch follows it to its end",
        AppState.Stopped => "charlie start brings it back",
        AppState.Down => $"charlie show {status.Desired.Release} names its logs; charlie rollback if the release is the cause",
        AppState.Refused => "do what Refused says",
        _ when status is { Hold: not null, Waiting.Count: > 0 } => "charlie resume deploys what waits",
        _ => null,
    };

    public string Failing(AttemptsDocument attempts) =>
        $"{Words.Count(attempts.Count, "machine", "machines in a row")} could not run it: {attempts.LastFailure}";

    public string RestartRequested(string when, string reason) => $"requested {when}: {reason}";

    public string Hold(HoldDocument hold, string? until) => $"by {hold.Holder} until {until ?? "it is resumed"}: {hold.Reason}";

    public string RollbackTo(string? release) =>
        release is null ? "would go nowhere: no older release is confirmed" : $"would go to {NameOf(release)}";

    public string NoInstances(string group, int capacity) => $"No instances; the group {group} should have {capacity}.";

    public string Probe(string words) => words;

    public string RanInstead(string fallback) => $"release {fallback} ran instead";

    public string VersionOf(long number) => $"{number} of the launch template";

    public string PushedBefore(string age) => $"pushed {age} ago";

    public string WasRejected(string? reason) => $"was rejected: {reason}";

    public string DowntimeOfHandover => "the app's own stop and start: the other machine is prepared first";

    public string DowntimeOfRolling(int percentage) => $"none: {percentage} % of the instances stay in service";

    public string Downtime(string age) => $"about {age}, as the last launch took, and the old instance's end";

    public string ThePlanOf(string request) => $"The {request}:";

    public string Recorded(string summary) => $"Recorded. As planned: {summary}";

    public string NothingRecorded(string request, string after) =>
        $"the {request} was put, and nothing is recorded of it after {after}. charlie status shows what is.";

    public string Ended(WaitEnd? end, ReleaseFacts facts, string waited) => end switch
    {
        null => $"Release {facts.Release} has no outcome after {waited}: it is {Of(facts.State)}.",
        WaitEnd.Held => $"Release {facts.Release} waits for the hold to end.",
        WaitEnd.Failed => $"Release {facts.Release} cannot run any more: its launch template version is deleted.",
        _ => $"Release {facts.Release} is {Of(facts.State)}" + (facts.Reason is { } reason ? $" by {facts.By}: {reason}." : "."),
    };
}
