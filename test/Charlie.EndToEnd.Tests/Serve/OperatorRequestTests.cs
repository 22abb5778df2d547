using Charlie.EndToEnd.Tests.Command;

namespace Charlie.EndToEnd.Tests.Serve;

/// <summary>Operators hold, resume, restart, stop and start with the real command, and are answered each time.</summary>
public sealed class OperatorRequestTests
{
    [LongFact]
    public async Task Deployments_are_held_and_the_app_is_restarted_stopped_and_started()
    {
        Tool.Need("aws");
        await using var served = await ServedAws.StartAsync();
        var first = Events.First();
        await served.Aws.PutAsync(first.Event);
        await served.UntilReportedAsync(first.Release, "Confirmed");
        await served.SettledAsync(first.Image);

        await HoldAsync(served, first);
        var second = await PushHeldAsync(served, first);
        await ResumeAsync(served, second);
        await RestartAsync(served, second);
        await StopAndStartAsync(served, second);
        var misspelt = await served.ResponseToAsync(await served.Aws.PutAsync(Events.Request("Hold requested")));
        Assert.Equal("Rejected", (string?)misspelt["outcome"]);
        await served.AlertAsync("REJECTED");
    }

    private static async Task HoldAsync(ServedAws served, PushedImage first)
    {
        var held = await served.ResponseToAsync(await served.Aws.PutAsync(Events.Request("Hold Requested", ("for", "8h"))));
        Assert.Equal(("Held", first.Release), ((string?)held["outcome"], (string?)held["release"]));
        await served.AlertAsync($"HELD {first.Release}");
        Assert.StartsWith(
            $"{first.Release} ", (await served.Group.ReadRecordTagsAsync())["charlie:hold:operator"], StringComparison.Ordinal);
    }

    private static async Task<PushedImage> PushHeldAsync(ServedAws served, PushedImage first)
    {
        var second = Events.Push(1048577, 7700200, 'b');
        var waits = await served.ResponseToAsync(await served.Aws.PutAsync(second.Event));
        Assert.Equal(("Held", second.Release), ((string?)waits["outcome"], (string?)waits["release"]));
        await served.AlertAsync($"HELD {second.Release}");
        await served.SettledAsync(first.Image);
        return second;
    }

    private static async Task ResumeAsync(ServedAws served, PushedImage second)
    {
        var stale = await served.ResponseToAsync(
            await served.Aws.PutAsync(Events.Request("Resume Requested", ("holder", "window"))));
        Assert.Equal(("Stale", "there is no hold to end"), ((string?)stale["outcome"], (string?)stale["reason"]));
        var started = await served.ResponseToAsync(await served.Aws.PutAsync(Events.Request("Resume Requested")));
        Assert.Equal(("Started", second.Release), ((string?)started["outcome"], (string?)started["release"]));
        await served.UntilReportedAsync(second.Release, "Confirmed");
        await served.SettledAsync(second.Image);
    }

    private static async Task RestartAsync(ServedAws served, PushedImage second)
    {
        var before = await served.Group.InServiceAsync(second.Image);

        // EC2 tells launch times by the second, and so does EventBridge.
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, TestContext.Current.CancellationToken);
        var restarted = await served.ResponseToAsync(await served.Aws.PutAsync(Events.Request("Restart Requested")));
        Assert.Equal(("Started", second.Release), ((string?)restarted["outcome"], (string?)restarted["release"]));
        await served.SettledAsync(second.Image);
        Assert.NotEqual(before, await served.Group.InServiceAsync(second.Image));
    }

    private static async Task StopAndStartAsync(ServedAws served, PushedImage second)
    {
        var stopped = await served.ResponseToAsync(await served.Aws.PutAsync(Events.Request("Stop Requested")));
        Assert.Equal("Stopped", (string?)stopped["outcome"]);
        await served.AlertAsync($"STOPPED {second.Release}");
        await Poll.UntilAsync(
            "the group to be empty", async () => await served.Group.CountAsync() == 0, served.DescribeAsync);

        var third = Events.Push(1048578, 7700300, 'c');
        var recorded = await served.ResponseToAsync(await served.Aws.PutAsync(third.Event));
        Assert.Equal(("Recorded", third.Release), ((string?)recorded["outcome"], (string?)recorded["release"]));
        Assert.Equal(0, await served.Group.CountAsync());

        var started = await served.ResponseToAsync(await served.Aws.PutAsync(Events.Request("Start Requested")));
        Assert.Equal(("Started", third.Release), ((string?)started["outcome"], (string?)started["release"]));
        await served.UntilReportedAsync(third.Release, "Confirmed");
        await served.SettledAsync(third.Image);
    }
}
