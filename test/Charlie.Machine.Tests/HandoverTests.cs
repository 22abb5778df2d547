using System.Globalization;

namespace Charlie.Machine.Tests;

/// <summary>
/// Strategy Handover on real machines, by what the apps say of themselves: the old app stops last, and never do two run at once.
/// </summary>
public sealed class HandoverTests(ContainerHost host)
{
    private const string New = "new";

    /// <summary>The figures are printed and not asserted: how long a step takes depends on how busy the machine is.</summary>
    [LongFact]
    public async Task The_new_machine_has_prepared_everything_before_the_old_app_stops()
    {
        foreach (var strategy in new[] { "Handover", "Replace" })
        {
            await using var group = await TraderGroup.StartAsync(host, strategy);
            var (release, image) = await group.PushAsync(New);
            await group.UntilReportedAsync(release, "Confirmed");
            await group.UntilAloneAsync();
            await group.UntilTradesAsync(New);

            AssertNeverTwo(group);
            var (old, trader) = (group.Beats.Runs[0], group.Beats.Runs[1]);
            Assert.Equal([TraderGroup.Old, New], group.Beats.Runs.Select(run => run.Version));
            Print(strategy, old, trader);

            var stop = group.Calls.Single(call => call.Action == "TerminateInstanceInAutoScalingGroup");
            var machine = group.CallsOf(image);
            var secrets = machine.Where(call => call.Action == "GetSecretValue").ToList();
            Assert.Equal(2, secrets.Count);
            Assert.True(old.Closing > TraderGroup.AppTimeOf(stop), "The old app closed before anybody terminated its machine.");
            if (strategy == "Handover")
            {
                // Secrets, image, container and preflight are there when a machine asks for the lock.
                var asksForLock = machine.First(call => call.Action == "DescribeInstances");
                Assert.All(secrets, call => Assert.True(call.Number < asksForLock.Number));
                Assert.True(asksForLock.Number < stop.Number, "The old machine was terminated before the new one was prepared.");
                // Lifecycle writes to whom it hands over once that machine has said X-Charlie-Prepared in each of its probes.
                Assert.Equal(group.MachinesOf(image), await group.HandedOverAsync(release));
            }
            else
            {
                Assert.All(secrets, call => Assert.True(call.Number > stop.Number));
            }
        }
    }

    [LongTheory]
    [InlineData("image")]
    [InlineData("preflight")]
    public async Task A_release_that_cannot_be_prepared_is_rejected_and_the_old_app_trades_on(string what)
    {
        await using var group = await TraderGroup.StartAsync(host, "Handover");
        var release = what == "image"
            ? await group.PushAsync(group.Missing)
            : (await group.PushAsync(New, preflight: "#!/bin/sh\necho 'the account is closed' >&2\nexit 3\n")).Release;
        await group.UntilReportedAsync(release, "RolledBack");
        await group.UntilAloneAsync();
        await group.UntilTradesAsync(TraderGroup.Old);

        AssertOldOnly(group);
        Assert.Empty(await group.HandedOverAsync(release));
        Assert.DoesNotContain(group.Calls, call => call.Action == "TerminateInstanceInAutoScalingGroup");
    }

    [LongFact]
    public async Task A_missing_secret_is_tried_again_while_the_old_app_trades_and_the_release_takes_over_once_it_is_there()
    {
        await using var group = await TraderGroup.StartAsync(host, "Handover");
        group.SetSecret(isThere: false);
        var (release, _) = await group.PushAsync(New);
        await group.UntilReportedAsync(release, "Retrying");
        await group.UntilTradesAsync(TraderGroup.Old);
        AssertOldOnly(group);
        Assert.Empty(await group.HandedOverAsync(release));
        Assert.DoesNotContain("RolledBack", group.ReportsOf(release));

        group.SetSecret(isThere: true);
        await group.UntilReportedAsync(release, "Confirmed");
        await group.UntilTradesAsync(New);
        AssertNeverTwo(group);
        Assert.Equal([TraderGroup.Old, New], group.Beats.Runs.Select(run => run.Version));
        Print("Handover after a missing secret", group.Beats.Runs[0], group.Beats.Runs[1]);
    }

    [LongFact]
    public async Task An_app_that_crashes_after_the_handover_is_rolled_back_to_the_last_confirmed_image()
    {
        await using var group = await TraderGroup.StartAsync(host, "Handover");
        var (release, image) = await group.PushAsync("crashing", group.Beats.Crashing);
        await group.UntilReportedAsync(release, "RolledBack");
        await group.UntilTradesAsync(TraderGroup.Old);
        await group.UntilAloneAsync();

        AssertNeverTwo(group);
        Assert.Equal(group.MachinesOf(image), await group.HandedOverAsync(release));
        Assert.Contains(group.Alerts, alert => alert.Contains("app: exited with 1: the broker sends no prices", StringComparison.Ordinal));
        var versions = group.Beats.Runs.Select(run => run.Version).ToList();
        Assert.Equal((TraderGroup.Old, TraderGroup.Old), (versions[0], versions[^1]));
        Assert.NotEmpty(versions[1..^1]);
        Assert.All(versions[1..^1], version => Assert.Equal("crashing", version));
        Print("Handover to an app that crashes, and back", group.Beats.Runs[0], group.Beats.Runs[^1]);
    }

    // One start of the old app, which has said since then that it trades and nothing else: neither a gap nor a second app.
    private static void AssertOldOnly(TraderGroup group)
    {
        var run = Assert.Single(group.Beats.Runs);
        Assert.Equal(TraderGroup.Old, run.Version);
        Assert.All(run.Beats.Skip(1), beat => Assert.Equal("trading", beat.State));
    }

    // By the one clock that all apps read: each has ended before the next one begins.
    private static void AssertNeverTwo(TraderGroup group)
    {
        var runs = group.Beats.Runs;
        Assert.All(runs.Zip(runs.Skip(1)), pair =>
        {
            Assert.True(pair.First.HasEnded, $"{pair.First.Version} said last that it is {pair.First.State}.");
            Assert.True(pair.First.Last <= pair.Second.First, $"{pair.Second.Version} began before {pair.First.Version} had ended.");
        });
    }

    private static void Print(string what, AppRun old, AppRun trader)
    {
        var (lines, pause) = (old.Trading.Count + trader.Trading.Count, Math.Max(old.LongestPause, trader.LongestPause));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: out of service {trader.Trading[0] - old.Trading[^1]:0.00} s"
            + $" = the old app's stop {old.Last - old.Trading[^1]:0.00} + between the two {trader.First - old.Last:0.00}"
            + $" + the new app's start {trader.Trading[0] - trader.First:0.00}; of {lines} lines the longest pause {pause:0.00}"));
    }
}
