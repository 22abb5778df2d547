using Charlie.Cli.Display.Operating.Texts;
using Charlie.Operations.Releases;
using Charlie.Operations.Status;
using Spectre.Console;

namespace Charlie.Cli.Display.Operating;

/// <summary><c>charlie status</c> as a person reads it: the answer first, then why, then what one can do.</summary>
internal static class StatusView
{
    public static Page Of(StatusDocument status, ITexts texts, int width)
    {
        var page = new Page(width);
        page.Sentence($"{status.App}: {Headline(status, texts)}", ColourOf(status.State));
        page.Blank();
        Desired(page, status, texts);
        Outcomes(page, status, texts);
        page.Blank();
        Instances(page, status, texts);
        if (texts.Next(status) is { } next)
        {
            page.Blank();
            page.Fact(texts.Of(Label.Next), next);
        }

        return page;
    }

    /// <summary>How the app is, in one sentence.</summary>
    public static string Headline(StatusDocument status, ITexts texts) =>
        texts.Headline(
            status, (status.State == AppState.Stopped ? status.Stopped?.At : status.DownSince) is { } at ? texts.Time(at, status.At) : "");

    private static void Desired(Page page, StatusDocument status, ITexts texts)
    {
        var desired = status.Desired;
        page.Fact(texts.Of(Label.Desired), $"{texts.NameOf(desired.Release)}: {texts.WhyDesired(status)}");
        if (desired.Commit is not null)
        {
            page.Fact("", texts.Pushed(Words.Commit(desired.Commit), Ago(desired.PushedAt, status, texts)));
        }

        page.Fact("", Words.Image(desired.Image) ?? texts.NoImage);
        if (desired.PipelineUrl is not null)
        {
            page.Fact("", desired.PipelineUrl);
        }

        if (desired is { State: ReleaseState.Confirmed, EndedAt: { } confirmed })
        {
            page.Fact(
                texts.Of(Label.Confirmed),
                texts.Time(confirmed, status.At)
                + (desired.Seconds is { } seconds ? texts.AfterPush(Words.Age(TimeSpan.FromSeconds(seconds))) : ""));
        }

        if (status.Stopped is { } stopped)
        {
            page.Fact(texts.Of(Label.Stopped), stopped.Reason, Color.Yellow);
        }

        if (status.Restart is { } restart)
        {
            page.Fact(
                texts.Of(Label.Restart), texts.RestartRequested(texts.Time(restart.At, status.At), restart.Reason), Color.Yellow);
        }

        if (status.Violation is { } violation)
        {
            page.Fact(texts.Of(Label.Refused), violation, Color.Red);
        }

        if (status.Attempts is { } attempts)
        {
            page.Fact(texts.Of(Label.Failing), texts.Failing(attempts), Color.Red);
        }

        if (status is { State: AppState.Down, LastActivity: { } activity })
        {
            page.Fact(texts.Of(Label.Group), activity, Color.Red);
        }
    }

    private static void Outcomes(Page page, StatusDocument status, ITexts texts)
    {
        page.Fact(
            texts.Of(Label.Hold),
            status.Hold is { } hold ? texts.Hold(hold, hold.Until is { } until ? texts.Time(until, status.At) : null) : texts.NoHold,
            status.Hold is null ? null : Color.Yellow);
        foreach (var waiting in status.Waiting)
        {
            page.Fact(
                texts.Of(Label.Waiting),
                $"{waiting.Release}, {texts.Pushed(Words.Commit(waiting.Commit), Ago(waiting.PushedAt, status, texts))}");
        }

        if (status.LastOutcome is { } last && last.Release != status.Desired.Release)
        {
            page.Fact(
                texts.Of(Label.LastEnd),
                $"{texts.NameOf(last.Release)}, {texts.Outcome(last, Ago(last.EndedAt, status, texts))}");
        }

        page.Fact(texts.Of(Label.Rollback), texts.RollbackTo(status.RollbackTo));
    }

    private static void Instances(Page page, StatusDocument status, ITexts texts)
    {
        if (status.Instances.Count == 0)
        {
            page.Sentence(texts.NoInstances(status.Group, status.DesiredCapacity));
            return;
        }

        page.Table(
            [
                .. ((Label[])[Label.Instance, Label.State, Label.Release, Label.Age, Label.Probe])
                    .Select(label => texts.Of(label).ToUpperInvariant()),
            ],
            [
                .. status.Instances.Select(instance => (IReadOnlyList<string>)
                [
                    instance.Id,
                    instance.State,
                    instance.Release is null ? texts.Unknown : Short(instance.Release),
                    instance.LaunchedAt is { } launched ? Words.ShortAge(status.At - launched) : "-",
                    instance.Probe is { } probe ? texts.Probe(probe) : IsAlive(instance) ? texts.NotProbed : "",
                ]),
            ]);
    }

    private static bool IsAlive(InstanceDocument instance) =>
        instance.State == "InService" || instance.State.StartsWith("Pending", StringComparison.Ordinal);

    private static string Ago(DateTimeOffset? at, StatusDocument status, ITexts texts) => texts.Time(at ?? status.At, status.At);

    private static string Short(string release) => release == "0.0" ? "base" : release;

    private static Color? ColourOf(AppState state) => state switch
    {
        AppState.InSync => Color.Green,
        AppState.Down or AppState.Refused => Color.Red,
        _ => Color.Yellow,
    };
}
