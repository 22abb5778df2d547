using System.Globalization;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Reports;
using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Notifications;

/// <summary>English.</summary>
internal sealed class EnglishTexts : ITexts
{
    private const string Nothing = "Nothing.";

    public Labels Labels { get; } = new(
        "Why", "Group says", "In service", "Out of service", "What to do", "Pipeline", "Commit", "Instance", "Logs", "Time", "Account");

    public string Why => "why";

    public string Name(string release, string? tag) =>
        release == Release.Base.ToString() ? "the base image (0.0)" : $"release {ReleaseName.Of(release, tag)}";

    public string Headline(DeploymentReport report, TimeSpan? @out) => report.Outcome switch
    {
        Outcome.Confirmed => report.Timings is { PushedAt: { } pushed, ConfirmedAt: { } confirmed }
            ? $"in service and healthy, {Duration.Of(confirmed - pushed)} after the push"
            : "in service and healthy",
        Outcome.RolledBack => report.Fallback is { } fallback ? $"back to {Name(fallback, report.FallbackTag)}" : "rejected",
        Outcome.Failed => "nothing to go back to, an operator must act",
        Outcome.Stuck => $"no healthy instance for {Duration.Of(@out ?? default)}, an operator must act",
        Outcome.Retrying => $"infrastructure failure {report.Attempt} in a row",
        Outcome.Unhealthy => $"an instance is sick, failure {report.Attempt} in a row",
        Outcome.AllClear => $"the app runs again (out {Duration.Of(@out ?? default)})",
        Outcome.Unconfirmed => "neither confirmed nor rejected, an operator must act",
        Outcome.OldBase => "push to bring it onto the newest base",
        Outcome.Started or Outcome.AlreadyCurrent => "requested by an operator",
        Outcome.Held => $"deployments wait {Until(report)}",
        Outcome.Recorded => "it is deployed when an instance runs again",
        Outcome.Stopped => "out of service, requested by an operator",
        Outcome.Refused => "correct the group's configuration first",
        _ => "nothing was changed",
    };

    public string What(DeploymentReport report)
    {
        var release = report.Release is { } name ? Name(name, report.Tag) : "the app";
        return Sentence(report.Outcome switch
        {
            Outcome.Confirmed => $"{release} is confirmed: it stayed healthy in service for the bake time.",
            Outcome.RolledBack when report.NeverStopped == true =>
                $"{release} was rolled back before it was started. The instance that ran the app was never stopped.",
            Outcome.RolledBack => report.Fallback is { } fallback
                ? $"{release} was rolled back: {Name(fallback, report.FallbackTag)} is the desired one again, and the group is brought to it."
                : $"{release} was rolled back.",
            Outcome.Failed => $"{release} failed (failure {report.Attempt} in a row), and no confirmed release is below it to go back to."
                + " Its machine is replaced, unless most of the group are sick together.",
            Outcome.Stuck => $"no healthy instance of group {report.Group} is in service; {release} should run.",
            Outcome.Retrying => $"a machine could not run {release} (infrastructure failure {report.Attempt} in a row)."
                + " The group launches another; the release stands.",
            Outcome.Unhealthy => $"an instance of {release} is not healthy (failure {report.Attempt} in a row). "
                + (report.IsReplaced == false
                    ? "Most of the group are sick together, so none is replaced; the release stands."
                    : "The group launches another; the release stands."),
            Outcome.AllClear => $"a healthy instance of group {report.Group} is in service again; {release} is the desired one.",
            Outcome.Unconfirmed => $"{release} has been neither confirmed nor rejected since its first launch at {At(report.Since)}.",
            Outcome.OldBase => $"{release} does not run on base version {report.BaseVersion}, which a stack update made at"
                + $" {At(report.Since)}: its machines lack the newer patches.",
            Outcome.Started => $"{release} is being brought into service on group {report.Group}.",
            Outcome.AlreadyCurrent => $"group {report.Group} runs {release}, or is being brought to it, already.",
            Outcome.Held => report.Release == report.Stays
                ? $"deployments to group {report.Group} are held by {Holder(report)} {Until(report)}."
                : $"{release} is recorded and waits: deployments to group {report.Group} are held by {Holder(report)} {Until(report)}.",
            Outcome.Recorded => $"{release} is recorded and not deployed yet: no instance should run at this time.",
            Outcome.Stopped => $"the app is out of service. Group {report.Group} launches no instance until it is started again.",
            Outcome.Stale => report.Request is { } request
                ? $"the {request} was not done: it came too late. Nothing was changed."
                : $"{release} was not deployed: its push came too late. Nothing was changed.",
            Outcome.Refused => $"{release} cannot be deployed to group {report.Group} now, which is left as it is.",
            Outcome.Rejected => $"{report.Request ?? "an event"} was rejected. Nothing was changed.",
            _ => report.Summary,
        });
    }

    public string? InService(DeploymentReport report) => report switch
    {
        { Outcome: Outcome.Confirmed, Release: { } release } => report.Timings?.InServiceAt is { } since
            ? $"{Name(release, report.Tag)}, since {At(since)}"
            : Name(release, report.Tag),
        { Outcome: Outcome.Stuck } => "nothing",
        { Outcome: Outcome.Stopped } => "nothing",
        { Outcome: Outcome.Held, Stays: { } stays } => $"{Name(stays, null)} stays",
        _ => null,
    };

    public string ToDo(DeploymentReport report) => report.Outcome switch
    {
        Outcome.RolledBack => "Fix the cause and push. If an outage that only the app saw is the cause, run the job again (Retry) after it."
            + " ALL CLEAR follows if the app was down meanwhile.",
        Outcome.Failed => "Push a release that works.",
        Outcome.Stuck => "Remove the cause that the group names: no capacity, a machine image that is gone.",
        Outcome.Retrying => "Nothing if it ends by itself; else mend the registry, token or setting that the reason names.",
        Outcome.Unhealthy => "Look at the app's log and at what it depends on. If the release is the cause, roll it back.",
        Outcome.Unconfirmed => "Find out why its instances do not all become healthy; push or roll back.",
        Outcome.OldBase => "Push, or run the newest deploy job again: a new release is built on the newest base.",
        Outcome.Started or Outcome.AlreadyCurrent => "Nothing; the outcome follows.",
        Outcome.Held => "Nothing, or deploy what waits at once.",
        Outcome.Recorded => "Nothing; it is deployed and judged when an instance runs again.",
        Outcome.Stopped => "Nothing, or start it again.",
        Outcome.Stale => report.Request is null
            ? "If it should run anyway, run its job again (Retry): that makes a new release."
            : "Look at the status, and request what is still needed.",
        Outcome.Refused => "Do what the reason says. The next check deploys the release then.",
        Outcome.Rejected => "Look for a mistake in the pipeline, or for another sender.",
        _ => Nothing,
    };

    public string Headline(Alert.OfFailure failure) =>
        string.Create(CultureInfo.InvariantCulture, $"{failure.Event} given up after {failure.Attempts} attempts");

    public string What(Alert.OfFailure failure) => string.Create(
        CultureInfo.InvariantCulture,
        $"Function {failure.Origin.Function} failed the event {failure.Event} {failure.Attempts} times and gave it up."
        + $" The event waits in the dead-letter queue; while it is younger than an hour, it is run again.");

    public string ToDo(Alert.OfFailure failure) => "Read the log. If the failures last an hour, run the job again or repeat the request.";

    public string Lasted(string length, string since) => $"{length}, since {since}";

    public IEnumerable<string> LogOf(string group, string requestId) => [$"group {group}", $"request {requestId}"];

    public string Commit(string hash, string? title, string? author) =>
        title is null ? hash : author is null ? $"{title}, {hash}" : $"{title}, by {author}, {hash}";

    public string Instance(string id, long? version) => version is null ? id : $"{id}, launch template version {version}";

    private static string Holder(DeploymentReport report) =>
        report.HeldBy == Decisions.Holder.Window.Word() ? "the deploy window" : "an operator";

    private static string Until(DeploymentReport report) => report.HeldUntil is { } until ? $"until {At(until)}" : "until they are resumed";

    private static string At(DateTimeOffset? at) => at is { } time ? UtcTime.Of(time) : "?";

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
