using System.Text.Json.Nodes;

namespace Charlie.EndToEnd.Tests.Serve;

public sealed class BadImageTests
{
    private const string LastLine = "KeyError: 'BROKER_ACCOUNT'";

    [Fact]
    public async Task Bad_image_is_rolled_back_stays_stale_and_is_deployed_by_a_new_job()
    {
        Tool.Need("aws", "bash");
        await using var served = await ServedAws.StartAsync();
        var (goodRelease, goodImage) = await PasteTheExampleAsync(served);
        await served.UntilReportedAsync(goodRelease, "Confirmed");
        await served.SettledAsync(goodImage);

        var bad = Events.Push(1048600, 7700300, 'd');
        await served.SetBehaviourAsync(bad.Image, "exits", LastLine);
        await served.Aws.PutAsync(bad.Event);
        await served.UntilReportedAsync(bad.Release, "RolledBack");
        var back = await served.SettledAsync(goodImage);
        await RolledBack.ExpectAsync(served, bad.Release, goodRelease, LastLine);

        var again = await served.ResponseToAsync(await served.Aws.PutAsync(bad.Event));
        Assert.Equal("Stale", (string?)again["outcome"]);
        Assert.Contains(LastLine, (string?)again["reason"], StringComparison.Ordinal);
        Assert.Equal(back, await served.SettledAsync(goodImage));

        await served.SetBehaviourAsync(bad.Image, "healthy");
        var rerun = Events.Push(1048600, 7700301, 'd');
        Assert.Equal(bad.Image, rerun.Image);
        await served.Aws.PutAsync(rerun.Event);
        await served.UntilReportedAsync(rerun.Release, "Confirmed");
        await served.SettledAsync(rerun.Image);
        Assert.Equal(await served.Group.VersionOfAsync(rerun.Release), await served.Group.ReadPinAsync());
        await served.ExpectConfirmedAsync(rerun.Release);
        Assert.Equal(1, await served.CountAsync(bad.Release, "RolledBack"));
    }

    /// <summary>Runs the lines that serve prints, exactly; returns the release and the image that they push.</summary>
    private static async Task<(string Release, string Image)> PasteTheExampleAsync(ServedAws served)
    {
        var lines = served.Command.Output.Split('\n');
        var command = Assert.Single(lines, line => line.StartsWith("aws events put-events", StringComparison.Ordinal));
        var exports = lines.Where(line => line.StartsWith("export ", StringComparison.Ordinal));
        var response = await AwsCommand.PasteAsync(string.Join('\n', exports.Append(command)));
        var started = await served.ResponseToAsync(AwsCommand.IdIn(response));
        Assert.Equal("Started", (string?)started["outcome"]);
        return ((string)started["release"]!, (string)started["image"]!);
    }
}

/// <summary>What a rollback leaves behind.</summary>
internal static class RolledBack
{
    /// <param name="release">The release that had to go.</param>
    /// <param name="to">The release that is in service again.</param>
    /// <param name="reason">What the one alert and the rejection say.</param>
    public static async Task ExpectAsync(ServedAws served, string release, string to, string reason)
    {
        var recordTags = await served.Group.ReadRecordTagsAsync();
        Assert.Contains(reason, recordTags[$"charlie:rejected:{release}:{to}"], StringComparison.Ordinal);
        Assert.DoesNotContain($"charlie:confirmed:{release}", recordTags.Keys);
        Assert.Equal(to == "0.0" ? "1" : await served.Group.VersionOfAsync(to), await served.Group.ReadPinAsync());
        Assert.Equal(1, await served.CountAsync(release, "RolledBack"));
        Assert.Equal(0, await served.CountAsync(release, "Confirmed"));
        Assert.Contains(reason, await served.AlertAsync($"ROLLED BACK {release}: "), StringComparison.Ordinal);
        Assert.Empty(await served.AlertsAsync($"CONFIRMED {release}: "));
    }

    /// <summary>Whether the group ever had an instance of the release in service.</summary>
    public static async Task<bool> WasInServiceAsync(ServedAws served, string release)
    {
        var version = await served.Group.VersionOfAsync(release);
        return (await served.ReadAsync("timeline"))["entries"]!.AsArray().Any(entry =>
            (string?)entry!["kind"] == "LifecycleStateChanged"
            && (string?)entry["data"]?["state"] == "InService"
            && (string?)entry["data"]?["version"] == version);
    }
}
