using Charlie.EndToEnd.Tests.Command;

namespace Charlie.EndToEnd.Tests.Serve;

/// <summary>Each way in which an image can be bad, on a server whose first image is good.</summary>
public abstract class BadImageScenario
{
    private static readonly string FirstRelease = "0.0";
    private long jobs;

    /// <summary>Pushes an image that is bad from the start, or becomes so in service, and expects the first one back.</summary>
    private protected async Task ExpectRolledBackAsync(
        ServedAws served, char letter, string behaviour, string reason, bool inService = false)
    {
        var first = (await served.Group.OnlyInServiceAsync())!;
        var bad = Events.Push(1048600, 7700300 + ++jobs, letter);
        if (!inService)
        {
            await served.SetBehaviourAsync(bad.Image, behaviour);
        }

        await served.Aws.PutAsync(bad.Event);
        if (inService)
        {
            await Poll.UntilAsync(
                "the instance to go in service", async () =>
                await served.Group.InServiceAsync(bad.Image) is not null, served.DescribeAsync);
            await served.SetBehaviourAsync(bad.Image, behaviour, afterSeconds: 0);
        }

        await served.UntilReportedAsync(bad.Release, "RolledBack");
        await served.SettledAsync(first);
        await RolledBack.ExpectAsync(served, bad.Release, FirstRelease, reason);
        Assert.Equal(inService, await RolledBack.WasInServiceAsync(served, bad.Release));
    }
}

public sealed class BakeTests : BadImageScenario
{
    [LongFact]
    public async Task An_app_that_dies_in_the_bake_is_rolled_back()
    {
        Tool.Need("aws");
        await using var served = await ServedAws.StartAsync();
        await ExpectRolledBackAsync(served, 'a', "healthy-then-exits", "app: exited with 1", inService: true);
        await ExpectRolledBackAsync(served, 'b', "healthy-then-500", "app: not healthy for ", inService: true);
    }
}

public sealed class WrongResponseTests : BadImageScenario
{
    [LongFact]
    public async Task An_image_that_is_another_or_only_returns_errors_is_rolled_back()
    {
        Tool.Need("aws");
        await using var served = await ServedAws.StartAsync();
        await ExpectRolledBackAsync(served, 'a', "other-image", "the instance runs ");
        await ExpectRolledBackAsync(served, 'b', "error-500", "app: not healthy for ");
    }
}

public sealed class MachineTests : BadImageScenario
{
    [LongFact]
    public async Task A_machine_that_fails_or_never_answers_rejects_no_release()
    {
        Tool.Need("aws");
        await using var served = await ServedAws.StartAsync();
        await ExpectRetriedAsync(served, Events.Push(1048600, 7700300, 'a'), "never-boots", "silent: no response");
        await ExpectRetriedAsync(served, Events.Push(1048700, 7700400, 'b'), "machine-failure", "machine: the registry times out");
    }

    private static async Task ExpectRetriedAsync(ServedAws served, PushedImage pushed, string behaviour, string reason)
    {
        await served.SetBehaviourAsync(pushed.Image, behaviour, "the registry times out");
        await served.Aws.PutAsync(pushed.Event);
        await served.UntilReportedAsync(pushed.Release, "Retrying");
        Assert.Contains(
            reason, (await served.Group.ReadRecordTagsAsync())[$"charlie:attempts:{pushed.Release}"], StringComparison.Ordinal);
        await served.SetBehaviourAsync(pushed.Image, "healthy");
        await served.UntilReportedAsync(pushed.Release, "Confirmed");
        await served.SettledAsync(pushed.Image);
        Assert.Equal(await served.Group.VersionOfAsync(pushed.Release), await served.Group.ReadPinAsync());
        await served.ExpectConfirmedAsync(pushed.Release);
        Assert.Equal(0, await served.CountAsync(pushed.Release, "RolledBack"));
        Assert.NotEmpty(await served.AlertsAsync($"RETRYING {pushed.Release}: infrastructure failure 1 in a row"));
        Assert.DoesNotContain(
            await served.Group.ReadRecordTagsAsync(), recordTag =>
            recordTag.Key.StartsWith($"charlie:rejected:{pushed.Release}", StringComparison.Ordinal));
    }
}
