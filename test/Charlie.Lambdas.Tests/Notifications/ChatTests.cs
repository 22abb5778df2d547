using System.Text.Json.Nodes;
using Charlie.Lambdas.Notifications;

namespace Charlie.Lambdas.Tests.Notifications;

/// <summary>What the chat gets: the document that its service takes, of every alert in every language.</summary>
public sealed class ChatTests
{
    private static readonly MailSettings Settings = new("bot", new Dictionary<string, string>(), "production");

    public static TheoryData<string, string> All => new(SampleAlerts.All.SelectMany(name => new[] { (name, "en"), (name, "pt") }));

    [Theory]
    [MemberData(nameof(All))]
    public void Every_alert_is_a_custom_notification_of_its_releases_thread(string name, string code)
    {
        var alert = AlertReader.Read(SampleAlerts.Event(name));
        var message = Write(alert, code);

        Assert.Equal(["version", "source", "content", "metadata"], message.Select(member => member.Key));
        Assert.Equal(("1.0", "custom"), ((string)message["version"]!, (string)message["source"]!));
        var content = message["content"]!.AsObject();
        Assert.Equal(["textType", "title", "description", "nextSteps", "keywords"], content.Select(member => member.Key));
        Assert.Equal("client-markdown", (string)content["textType"]!);
        Assert.StartsWith($"[bot production] {alert.Word}", (string)content["title"]!, StringComparison.Ordinal);
        Assert.Equal(2, content["nextSteps"]!.AsArray().Count);
        Assert.StartsWith("`charlie ", (string)content["nextSteps"]![1]!, StringComparison.Ordinal);
        Assert.Equal(alert.Release is { } release ? $"bot {release}" : "bot", (string)message["metadata"]!["threadId"]!);
        Assert.Equal(alert.Word, (string)message["metadata"]!["eventType"]!);
    }

    [Fact]
    public void What_others_wrote_is_shown_as_it_is_and_never_as_markup()
    {
        var alert = (Alert.OfReport)AlertReader.Read(SampleAlerts.Event("rolled-back"));
        var hostile = alert with { Report = alert.Report with { Reason = "app: `rm` *bold* <!channel>\nnext", CommitTitle = null } };
        Assert.Equal(
            "Release 1.2 (1048577.7700124) was rolled back: release 1.1 (1048576.7700123) is the desired one again, and the group is"
            + " brought to it.\n*Why:* `app: 'rm' *bold* <!channel> next`\n*Commit:* `1f3c9a2e5b7d4c8f9e0a1b2c3d4e5f60718293a4`",
            (string)Write(hostile, "en")["content"]!["description"]!);
        Assert.Equal(
            ["https://gitlab.com/example/bot/-/pipelines/1048577"],
            Write(hostile, "en")["metadata"]!["relatedResources"]!.AsArray().Select(url => (string)url!));
    }

    private static JsonObject Write(Alert alert, string code) =>
        JsonNode.Parse(new ChatWriter(Settings, Languages.Find(code)!).Write(alert))!.AsObject();
}
