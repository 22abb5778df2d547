using System.Text.Json.Nodes;
using Charlie.EndToEnd.Tests.Command;
using Charlie.EndToEnd.Tests.Serve;

namespace Charlie.EndToEnd.Tests.Setup;

/// <summary>Two apps on one account: what docs/owning.md says of a second app, and of how an app goes away again.</summary>
public sealed class TwoAppsTests
{
    private const string First = "charlie";
    private const string Second = "staging";
    private const string Region = "export AWS_REGION=us-east-1";
    private const string Token = "glpat-of-the-registry\n";
    private const string Answers = " --set ProjectId=4242 --set AlertEmail=ops@example.com --set BakeSeconds=1";

    /// <summary>What of an app stays, by the kinds of the embedded AWS: the table of the page, and nothing else.</summary>
    private static readonly IReadOnlyDictionary<string, string[]> Stays = new Dictionary<string, string[]>
    {
        ["secrets"] = ["charlie/APP/app", "charlie/APP/registry"],
        ["queues"] = ["APP-DeadLetterQueue"],
        ["logGroups"] = ["APP-LifecycleLogs", "APP-NotifyLogs", "APP-RefreshLogs", "APP-ReportLogs", "APP-production-AppLogGroup"],
    };

    [LongFact]
    public async Task A_second_app_comes_and_goes_and_the_first_one_does_not_notice()
    {
        await using var account = await EmptyAccount.StartAsync();
        var empty = await account.NamesAsync();
        await account.SucceedAsync($"{Region}; ./install machine && ./install production && ./install charlie{Answers}", Token);
        await account.SucceedAsync($"{Region}; ./charlie doctor --wait");
        var alone = await account.NamesAsync();
        await InstallSecondAsync(account);
        Assert.Contains($"staging/{Second}-image-pushed", (await account.NamesAsync())["rules"]);

        // The same release of the same image, as the pipeline of one project pushes it on two branches.
        await account.SucceedAsync($"{Region}; ./charlie push --app {First}; ./charlie push --app {Second}");
        using var first = new ServedGroup(account.Served.Endpoint, First);
        using var second = new ServedGroup(account.Served.Endpoint, Second);
        var release = await ConfirmedAsync(first);
        Assert.Equal(release, await ConfirmedAsync(second));
        var before = await StateAsync(account, first);

        var rolledBack = await account.SucceedAsync($"{Region}; ./charlie rollback --app {Second} -m 'margins are wrong' -y");
        Assert.Contains("the base image is confirmed", rolledBack, StringComparison.Ordinal);
        var history = await account.SucceedAsync($"{Region}; ./charlie history --app {Second}");
        Assert.Contains("rolled back by", history, StringComparison.Ordinal);
        Assert.Equal(before, await StateAsync(account, first));

        await account.SucceedAsync($"{Region}; {OwningPage.Uninstall(Second)}");
        AssertNames(With(alone, Second), await account.NamesAsync());
        Assert.Equal(before, await StateAsync(account, first));
        var examined = await account.RunAsync($"{Region}; ./charlie doctor --app {Second}");
        Assert.Contains("No stack", examined.Output, StringComparison.Ordinal);

        await account.SucceedAsync($"{Region}; {OwningPage.Uninstall(First)}{OwningPage.UninstallShared}");
        var left = With(With(empty, First), Second);
        left["providers"] = ["arn:aws:iam::123456789012:oidc-provider/gitlab.com"];
        AssertNames(left, await account.NamesAsync());
    }

    private static async Task InstallSecondAsync(EmptyAccount account)
    {
        var (production, charlie, wait) = (OwningPage.SecondApp[0], OwningPage.SecondApp[1], OwningPage.SecondApp[2]);
        await account.SucceedAsync($"{Region}; {production}", Token);
        await account.SucceedAsync($"{Region}; {charlie}{Answers}");
        Assert.Contains("is confirmed.", await account.SucceedAsync($"{Region}; {wait}"), StringComparison.Ordinal);
        Assert.Contains("confirmed", await account.SucceedAsync($"{Region}; ./charlie status --app {First}"), StringComparison.Ordinal);
    }

    /// <summary>Waits until an app's newest release is confirmed, and until that is recorded as reported.</summary>
    private static async Task<string> ConfirmedAsync(ServedGroup group)
    {
        string? release = null;
        await Poll.UntilAsync(
            "the release to be confirmed",
            async () =>
            {
                release = (await group.ReadRecordTagsAsync()).Keys
                    .Where(key => key.StartsWith("charlie:confirmed:", StringComparison.Ordinal))
                    .Where(key => !key.EndsWith(":0.0", StringComparison.Ordinal))
                    .Select(key => key.Split(':')[2]).SingleOrDefault();
                return release is not null && await group.HaveEndsLeftAsync();
            },
            group.DescribeAsync);
        return release!;
    }

    /// <summary>Versions, record tags, pin and instances of an app, its history, and the alerts that it sent.</summary>
    private static async Task<string> StateAsync(EmptyAccount account, ServedGroup group)
    {
        var history = await account.SucceedAsync($"{Region}; ./charlie history --app {First} --json");
        var document = JsonNode.Parse(history)!.AsObject();
        document.Remove("at");
        return string.Join('\n', [await group.DescribeAsync(), document.ToJsonString(), .. await account.Served.AlertsAsync()]);
    }

    private static Dictionary<string, IReadOnlyList<string>> With(IReadOnlyDictionary<string, IReadOnlyList<string>> names, string app) =>
        names.ToDictionary(
            kind => kind.Key,
            IReadOnlyList<string> (kind) =>
            [
                .. kind.Value,
                .. Stays.GetValueOrDefault(kind.Key, []).Select(name => name.Replace("APP", app, StringComparison.Ordinal)),
            ]);

    private static void AssertNames(
        IReadOnlyDictionary<string, IReadOnlyList<string>> expected, IReadOnlyDictionary<string, IReadOnlyList<string>> actual)
    {
        Assert.Equal(expected.Keys, actual.Keys);
        Assert.All(expected, kind => Assert.Equal(
            (kind.Key, string.Join('\n', kind.Value.Order(StringComparer.Ordinal))),
            (kind.Key, string.Join('\n', actual[kind.Key].Order(StringComparer.Ordinal)))));
    }
}
