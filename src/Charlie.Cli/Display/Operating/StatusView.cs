using Charlie.Operations.Releases;
using Charlie.Operations.Status;
using Spectre.Console;

namespace Charlie.Cli.Display.Operating;

/// <summary><c>charlie status</c> as a person reads it: the answer first, then why, then what one can do.</summary>
internal static class StatusView
{
    public static Page Of(StatusDocument status, int width)
    {
        var page = new Page(width);
        page.Sentence($"{status.App}: {Headline(status)}", ColourOf(status.State));
        page.Blank();
        Desired(page, status);
        Outcomes(page, status);
        page.Blank();
        Instances(page, status);
        if (Next(status) is { } next)
        {
            page.Blank();
            page.Fact("Next", next);
        }

        return page;
    }

    /// <summary>How the app is, in one sentence.</summary>
    public static string Headline(StatusDocument status)
    {
        var (release, count) = (Name(status.Desired), $"{status.InService} of {status.DesiredCapacity} instances");
        return status.State switch
        {
            AppState.InSync => $"{release} is confirmed and runs on {count}.",
            AppState.Deploying when status.Desired.IsBase => $"nothing was pushed yet; {release} is not confirmed yet.",
            AppState.Deploying => $"{release} is being deployed; it is in service on {count}.",
            AppState.Replacing => $"{release} is confirmed; it is in service on {count}, and the group is being brought to it.",
            AppState.Down => $"DOWN since {Words.TimeAndAge(status.DownSince!.Value, status.At)}; {release} should run.",
            AppState.Refused => $"{release} cannot be deployed: the group is not as Charlie needs it.",
            AppState.Stopped => $"stopped by an operator since {Words.TimeAndAge(status.Stopped!.At, status.At)}.",
            AppState.Closed => $"the group's desired capacity is 0, so nothing runs. {release} runs when it opens.",
            _ => throw new ArgumentOutOfRangeException(nameof(status), status.State, "Not a state."),
        };
    }

    private static void Desired(Page page, StatusDocument status)
    {
        var desired = status.Desired;
        page.Fact("Desired", $"{Name(desired)}: {status.WhyDesired}");
        if (desired.Commit is not null)
        {
            page.Fact("", $"commit {Words.Commit(desired.Commit)}, pushed {Ago(desired.PushedAt, status)}");
        }

        page.Fact("", Words.Image(desired.Image));
        if (desired.PipelineUrl is not null)
        {
            page.Fact("", desired.PipelineUrl);
        }

        if (desired is { State: ReleaseState.Confirmed, EndedAt: { } confirmed })
        {
            page.Fact("Confirmed", Words.TimeAndAge(confirmed, status.At) + Took(desired));
        }

        if (status.Stopped is { } stopped)
        {
            page.Fact("Stopped", stopped.Reason, Color.Yellow);
        }

        if (status.Restart is { } restart)
        {
            page.Fact("Restart", $"requested {Words.TimeAndAge(restart.At, status.At)}: {restart.Reason}", Color.Yellow);
        }

        if (status.Violation is { } violation)
        {
            page.Fact("Refused", violation, Color.Red);
        }

        if (status.Attempts is { } attempts)
        {
            page.Fact(
                "Failing",
                $"{Words.Count(attempts.Count, "machine", "machines in a row")} could not run it: {attempts.LastFailure}",
                Color.Red);
        }

        if (status is { State: AppState.Down, LastActivity: { } activity })
        {
            page.Fact("Group says", activity, Color.Red);
        }
    }

    private static void Outcomes(Page page, StatusDocument status)
    {
        page.Fact(
            "Hold",
            status.Hold is { } hold
                ? $"by {hold.Holder} until {End(hold, status)}: {hold.Reason}"
                : "none",
            status.Hold is null ? null : Color.Yellow);
        foreach (var waiting in status.Waiting)
        {
            page.Fact("Waiting", $"{waiting.Release}, commit {Words.Commit(waiting.Commit)}, pushed {Ago(waiting.PushedAt, status)}");
        }

        if (status.LastOutcome is { } last && last.Release != status.Desired.Release)
        {
            page.Fact(
                "Last end",
                $"{Name(last)}, {Words.Of(last.State)}{(last.By is { } by ? $" by {by}" : "")} {Ago(last.EndedAt, status)}"
                + (last.Reason is { } reason ? $": {reason}" : ""));
        }

        page.Fact(
            "Rollback",
            status.RollbackTo is { } to ? $"would go to {NameOf(to)}" : "would go nowhere: no older release is confirmed");
    }

    private static void Instances(Page page, StatusDocument status)
    {
        if (status.Instances.Count == 0)
        {
            page.Sentence($"No instances; the group {status.Group} should have {status.DesiredCapacity}.");
            return;
        }

        page.Table(
            ["INSTANCE", "STATE", "RELEASE", "UP", "PROBE"],
            [
                .. status.Instances.Select(instance => (IReadOnlyList<string>)
                [
                    instance.Id,
                    instance.State,
                    instance.Release is null ? "unknown" : Short(instance.Release),
                    instance.LaunchedAt is { } launched ? Words.ShortAge(status.At - launched) : "-",
                    instance.Probe ?? (IsAlive(instance) ? "not probed from here" : ""),
                ]),
            ]);
    }

    private static bool IsAlive(InstanceDocument instance) =>
        instance.State == "InService" || instance.State.StartsWith("Pending", StringComparison.Ordinal);

    private static string? Next(StatusDocument status) => status.State switch
    {
        AppState.Deploying or AppState.Replacing => "charlie status --watch follows it to its end",
        AppState.Stopped => "charlie start brings it back",
        AppState.Down => $"charlie show {status.Desired.Release} names its logs; charlie rollback if the release is the cause",
        AppState.Refused => "do what Refused says",
        _ when status is { Hold: not null, Waiting.Count: > 0 } => "charlie resume deploys what waits",
        _ => null,
    };

    private static string Took(ReleaseDocument release) =>
        release.Seconds is { } seconds ? $", {Words.Age(TimeSpan.FromSeconds(seconds))} after the push" : "";

    private static string End(HoldDocument hold, StatusDocument status) =>
        hold.Until is { } until ? Words.TimeAndAge(until, status.At) : "it is resumed";

    private static string Ago(DateTimeOffset? at, StatusDocument status) => Words.TimeAndAge(at ?? status.At, status.At);

    private static string Name(ReleaseDocument release) => NameOf(release.Release);

    private static string NameOf(string release) => release == "0.0" ? "the base image" : $"release {release}";

    private static string Short(string release) => release == "0.0" ? "base" : release;

    private static Color? ColourOf(AppState state) => state switch
    {
        AppState.InSync => Color.Green,
        AppState.Down or AppState.Refused => Color.Red,
        _ => Color.Yellow,
    };
}
