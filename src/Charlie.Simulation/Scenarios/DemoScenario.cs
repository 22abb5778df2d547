using System.Text.Json.Nodes;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Images;
using Charlie.Simulation.Production;

namespace Charlie.Simulation.Scenarios;

/// <summary>What must hold at the end of the scenario, and whether it does.</summary>
internal sealed record Check(string What, bool Holds);

/// <summary>A good image is pushed and confirmed; then a bad one is pushed, caught, rolled back and reported.</summary>
internal sealed class DemoScenario(LocalAws aws, Action<string> section, TimeProvider time)
{
    private const string LastLine = "KeyError: 'BROKER_ACCOUNT'";

    private static readonly TimeSpan MaxAlert = TimeSpan.FromSeconds(30);

    private static readonly BotImage First = new("1.0");
    private static readonly BotImage Good = new("1.1");
    private static readonly BotImage Bad = new("1.2");

    /// <summary>Runs the scenario to its end and checks what AWS shows then.</summary>
    /// <exception cref="StuckException">A step did not happen.</exception>
    public async Task<IReadOnlyList<Check>> RunAsync(CancellationToken cancellation)
    {
        section("Charlie is installed; the first instance must become healthy, too");
        await aws.InstallAsync(First.Name);
        await aws.UntilReportedAsync("0.0", "Confirmed", time, cancellation);

        section("Bot 1.1 is pushed: replaced, held, probed, confirmed");
        var good = await aws.Pipeline.PushAsync(Good, cancellation);
        await aws.UntilReportedAsync(good, "Confirmed", time, cancellation);

        section("Bot 1.2 is pushed, and crashes at start: caught, rolled back, reported");
        aws.SetBehaviour(Bad, new ImageBehaviour(BehaviourKind.Exits, TimeSpan.FromSeconds(1), TimeSpan.Zero, LastLine));
        var bad = await aws.Pipeline.PushAsync(Bad, cancellation);
        await aws.UntilReportedAsync(bad, "RolledBack", time, cancellation);
        await LocalAws.UntilAsync(
            "an instance of bot 1.1 in service again",
            async () => await aws.Group.ReadInstancesAsync() is [{ LifecycleState: "InService" } only] && only.Image == Good.Name,
            time,
            cancellation);
        await WaitForAlertsAsync(cancellation);
        return await CheckAsync(good, bad);
    }

    // An alert comes a moment after its report. One that does not come is for the checks to say.
    private async Task WaitForAlertsAsync(CancellationToken cancellation)
    {
        try
        {
            await LocalAws.UntilAsync(
                "the alert of the rollback",
                () => Task.FromResult(aws.Alerts().Any(alert => alert.Contains(LastLine, StringComparison.Ordinal))),
                MaxAlert,
                time,
                cancellation);
        }
        catch (StuckException)
        {
            section("The alert of the rollback did not come");
        }
    }

    private async Task<IReadOnlyList<Check>> CheckAsync(string good, string bad)
    {
        var instances = await aws.Group.ReadInstancesAsync();
        var tags = await aws.Group.ReadRecordTagsAsync();
        var reports = aws.Reports();
        var alerts = aws.Alerts();
        return
        [
            new("exactly one instance is in service, and it runs bot 1.1", instances is [{ LifecycleState: "InService" } only]
                && only.Image == Good.Name),
            new("the group's next launch takes bot 1.1", await aws.Group.ReadPinnedImageAsync() == Good.Name),
            new($"release {good} is confirmed, release {bad} is not", tags.ContainsKey($"charlie:confirmed:{good}")
                && !tags.ContainsKey($"charlie:confirmed:{bad}")),
            new($"release {bad} is rejected, and its fallback is {good}", tags.ContainsKey($"charlie:rejected:{bad}:{good}")),
            new("one report says Confirmed, one RolledBack", Count(reports, good, "Confirmed") == 1
                && Count(reports, bad, "RolledBack") == 1),
            new("both were notified, with the app's last line",
                alerts.Count(alert => alert.Contains(LastLine, StringComparison.Ordinal)) == 1
                && alerts.Count(alert =>
                    alert.Contains(good, StringComparison.Ordinal) && alert.Contains("CONFIRMED", StringComparison.Ordinal)) == 1),
        ];
    }

    private static int Count(IEnumerable<JsonObject> reports, string release, string outcome) =>
        reports.Count(report => (string?)report["release"] == release && (string?)report["outcome"] == outcome);
}
