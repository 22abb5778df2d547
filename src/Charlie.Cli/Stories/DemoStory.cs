using System.Text.Json.Nodes;
using Charlie.Cli.Production;
using Charlie.Sandbox.Instances;

namespace Charlie.Cli.Stories;

/// <summary>What must hold at the story's end, and whether it does.</summary>
internal sealed record Check(string What, bool Holds);

/// <summary>A good image is pushed and confirmed; then a bad one is pushed, caught, rolled back and reported.</summary>
internal sealed class DemoStory(LocalAws aws, Action<string> chapter, TimeProvider time)
{
    private const string LastLine = "KeyError: 'BROKER_ACCOUNT'";

    private static readonly BotImage First = new("1.0");
    private static readonly BotImage Good = new("1.1");
    private static readonly BotImage Bad = new("1.2");

    /// <summary>Plays the story to its end and looks at what AWS shows then.</summary>
    /// <exception cref="StuckException">A step did not happen.</exception>
    public async Task<IReadOnlyList<Check>> PlayAsync(CancellationToken cancellation)
    {
        chapter("Charlie is installed; the first instance has to prove itself, too");
        await aws.InstallAsync(First.Name);
        await aws.UntilReportedAsync("0.0", "Confirmed", time, cancellation);

        chapter("Bot 1.1 is pushed: replaced, held, proved, confirmed");
        var good = await aws.Pipeline.PushAsync(Good, cancellation);
        await aws.UntilReportedAsync(good, "Confirmed", time, cancellation);

        chapter("Bot 1.2 is pushed, and crashes at start: caught, rolled back, reported");
        aws.SetBehaviour(Bad, new ImageBehaviour(BehaviourKind.Exits, TimeSpan.FromSeconds(1), TimeSpan.Zero, LastLine));
        var bad = await aws.Pipeline.PushAsync(Bad, cancellation);
        await aws.UntilReportedAsync(bad, "RolledBack", time, cancellation);
        await LocalAws.UntilAsync(
            "an instance of bot 1.1 in service again",
            async () => await aws.Group.ReadInstancesAsync() is [{ LifecycleState: "InService" } only] && only.Image == Good.Name,
            time,
            cancellation);
        return await LookAsync(good, bad);
    }

    private async Task<IReadOnlyList<Check>> LookAsync(string good, string bad)
    {
        var instances = await aws.Group.ReadInstancesAsync();
        var marks = await aws.Group.ReadMarksAsync();
        var reports = aws.Reports();
        var alerts = aws.Alerts();
        return
        [
            new("exactly one instance is in service, and it runs bot 1.1", instances is [{ LifecycleState: "InService" } only] && only.Image == Good.Name),
            new("the group's next launch takes bot 1.1", await aws.Group.ReadPinnedImageAsync() == Good.Name),
            new($"release {good} is confirmed, release {bad} is not", marks.ContainsKey($"charlie:confirmed:{good}") && !marks.ContainsKey($"charlie:confirmed:{bad}")),
            new($"the floor rejects release {bad} and goes back to {good}", marks.ContainsKey($"charlie:floor:{bad}:{good}")),
            new("one report says Confirmed, one RolledBack", Count(reports, good, "Confirmed") == 1 && Count(reports, bad, "RolledBack") == 1),
            new("people were told of both, with the app's last line", alerts.Count(alert => alert.Contains(LastLine, StringComparison.Ordinal)) == 1
                && alerts.Count(alert => alert.Contains(good, StringComparison.Ordinal) && alert.Contains("CONFIRMED", StringComparison.Ordinal)) == 1),
        ];
    }

    private static int Count(IEnumerable<JsonObject> reports, string release, string outcome) =>
        reports.Count(report => (string?)report["release"] == release && (string?)report["outcome"] == outcome);
}
