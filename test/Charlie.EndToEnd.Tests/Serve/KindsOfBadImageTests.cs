using Charlie.EndToEnd.Tests.Command;

namespace Charlie.EndToEnd.Tests.Serve;

/// <summary>Each way in which an image can be bad, on a server whose first image is good.</summary>
public abstract class BadImageStory
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
            await Patience.UntilAsync("the instance to go in service", async () => await served.Group.InServiceAsync(bad.Image) is not null, served.DescribeAsync);
            await served.SetBehaviourAsync(bad.Image, behaviour, afterSeconds: 0);
        }

        await served.UntilReportedAsync(bad.Release, "RolledBack");
        await served.SettledAsync(first);
        await RolledBack.ExpectAsync(served, bad.Release, FirstRelease, reason);
        Assert.Equal(inService, await RolledBack.WasInServiceAsync(served, bad.Release));
    }
}

public sealed class BakeTests : BadImageStory
{
    [Fact]
    public async Task An_app_that_dies_in_the_bake_is_rolled_back()
    {
        AwsCommand.Need("aws");
        await using var served = await ServedAws.StartAsync();
        await ExpectRolledBackAsync(served, 'a', "healthy-then-exits", "app: exited with 1", inService: true);
        await ExpectRolledBackAsync(served, 'b', "healthy-then-500", "500", inService: true);
    }
}

public sealed class WrongAnswerTests : BadImageStory
{
    [Fact]
    public async Task An_image_that_is_another_or_only_answers_errors_is_rolled_back()
    {
        AwsCommand.Need("aws");
        await using var served = await ServedAws.StartAsync();
        await ExpectRolledBackAsync(served, 'a', "other-image", "the instance runs ");
        await ExpectRolledBackAsync(served, 'b', "error-500", "500");
    }
}

public sealed class MachineTests : BadImageStory
{
    [Fact]
    public async Task A_machine_that_fails_rejects_no_release_and_one_that_never_boots_does()
    {
        AwsCommand.Need("aws");
        await using var served = await ServedAws.StartAsync();
        await ExpectRolledBackAsync(served, 'a', "never-boots", "not healthy 00:00:20 after launch");

        var pushed = Events.Push(1048700, 7700400, 'b');
        await served.SetBehaviourAsync(pushed.Image, "machine-failure", "the registry times out");
        await served.Aws.PutAsync(pushed.Event);
        await served.UntilReportedAsync(pushed.Release, "Retrying");
        Assert.DoesNotContain(await served.Group.ReadMarksAsync(), mark => mark.Key.Contains(pushed.Release, StringComparison.Ordinal));
        await served.SetBehaviourAsync(pushed.Image, "healthy");
        await served.UntilReportedAsync(pushed.Release, "Confirmed");
        await served.SettledAsync(pushed.Image);
        Assert.Equal(await served.Group.VersionOfAsync(pushed.Release), await served.Group.ReadPinAsync());
        Assert.Equal(1, await served.CountAsync(pushed.Release, "Confirmed"));
        Assert.Equal(0, await served.CountAsync(pushed.Release, "RolledBack"));
        Assert.Single(await served.AlertsAsync($"CONFIRMED charlie {pushed.Release}"));
        Assert.DoesNotContain(await served.Group.ReadMarksAsync(), mark => mark.Key.StartsWith($"charlie:floor:{pushed.Release}", StringComparison.Ordinal));
    }
}
