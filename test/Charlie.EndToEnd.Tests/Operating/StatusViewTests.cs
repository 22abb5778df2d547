using Charlie.Cli.Display.Operating;
using Charlie.Cli.Display.Operating.Texts;
using Charlie.Operations.Releases;
using Charlie.Operations.Status;

namespace Charlie.EndToEnd.Tests.Operating;

/// <summary>The layout to the letter, of an app that is as bad as it gets.</summary>
public sealed class StatusViewTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 28, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_app_that_is_down_says_so_first_and_fits_80_columns() =>
        Assert.Equal(
            """
            charlie: DOWN since 2026-11-28 02:38:00Z (22 min ago); release
            2000000001.10000000002 should run.

            Desired    release 2000000001.10000000002: it is the newest push
                       commit bbbbbbbb, pushed 2026-11-28 02:00:00Z (1 h ago)
                       registry.gitlab.com/example/charlie@sha256:aaaaaaaaaaaa
                       https://gitlab.com/example/charlie/-/pipelines/2000000001
            Failing    3 machines in a row could not run it: machine: the registry does not
                       respond
            Group says Could not launch On-Demand Instances. InsufficientInstanceCapacity -
                       There is no Spot capacity available.
            Hold       by operator until it is resumed: the market is open (requested by
                       maria)
            Rollback   would go to release 2000000000.9999999999

            INSTANCE             STATE         RELEASE                 UP     PROBE
            i-0123456789abcdef0  Pending:Wait  2000000001.10000000002  3 min  in phase pull

            Next       charlie show 2000000001.10000000002 names its logs; charlie rollback
                       if the release is the cause
            """.ReplaceLineEndings("\n"),
            string.Join('\n', StatusView.Of(Down(), new EnglishTexts(), 80).Lines));

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void No_line_is_wider_than_the_terminal_and_all_fit_on_a_screen(int width)
    {
        var lines = StatusView.Of(Down(), new EnglishTexts(), width).Lines;
        Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
        Assert.All(lines, line => Assert.Equal(line.TrimEnd(), line));
        Assert.InRange(lines.Count, 1, 24);
    }

    [Fact]
    public void Only_what_changed_is_a_line()
    {
        var lines = new StatusLines(new EnglishTexts());
        Assert.NotEmpty(lines.Changes(Down()));
        Assert.Empty(lines.Changes(Down()));
        var admitted = Down() with { Instances = [Down().Instances[0] with { State = "InService" }] };
        Assert.Equal(
            ["i-0123456789abcdef0  InService  2000000001.10000000002  in phase pull"], lines.Changes(admitted));
        Assert.Equal(["i-0123456789abcdef0  gone"], lines.Changes(admitted with { Instances = [] }));
    }

    [Fact]
    public void Time_that_passes_is_no_change()
    {
        var (before, healthy) = (Down(), Down().Instances[0] with { Probe = "healthy for 2 s" });
        Assert.True(StatusChange.Is(null, before));
        Assert.False(StatusChange.Is(before, Down() with { At = Now.AddSeconds(1) }));
        Assert.False(StatusChange.Is(
            before with { Instances = [healthy] }, before with { Instances = [healthy with { Probe = "healthy for 3 s" }] }));
        Assert.True(StatusChange.Is(before, before with { Instances = [healthy] }));
        Assert.True(StatusChange.Is(before, before with { Waiting = [before.Desired] }));
        Assert.True(StatusChange.Is(before, before with { State = AppState.InSync }));
    }

    private static StatusDocument Down() => new(
        1,
        "charlie",
        "charlie",
        Now,
        AppState.Down,
        new ReleaseDocument(
            "2000000001.10000000002",
            ReleaseState.Deploying,
            $"registry.gitlab.com/example/charlie@sha256:{new string('a', 64)}",
            "1.2",
            new string('b', 40),
            "Quote in cents",
            "Maria Souza",
            "https://gitlab.com/example/charlie/-/pipelines/2000000001",
            7,
            Now.AddHours(-1),
            null,
            null,
            null,
            null,
            null),
        "it is the newest push",
        1,
        [
            new InstanceDocument(
                "i-0123456789abcdef0", "Pending:Wait", "2000000001.10000000002", Now.AddMinutes(-3), null, null, "in phase pull"),
        ],
        new HoldDocument("operator", "2000000001.10000000002", Now.AddHours(-2), null, "the market is open (requested by maria)"),
        [],
        null,
        null,
        new AttemptsDocument(3, "machine: the registry does not respond", Now.AddHours(-1)),
        Now.AddMinutes(-22),
        null,
        "Could not launch On-Demand Instances. InsufficientInstanceCapacity - There is no Spot capacity available.",
        null,
        "2000000000.9999999999",
        12);
}
