using System.Text.Json;
using System.Text.Json.Nodes;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Events;

namespace Charlie.Lambdas.Tests.Events;

/// <summary>The real events are read; whatever a field may be instead is refused, by name, with what is allowed.</summary>
public sealed class RequestsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 15, 0, 0, TimeSpan.Zero);

    private static readonly AllowedOrigin Allowed =
        new("charlie", "registry.gitlab.com/example/charlie", 4242, "https://gitlab.com/example/charlie");

    /// <summary>Values that no field of a push may have; the field's own type is among them.</summary>
    private static readonly string[] Hostile =
    [
        "null", "true", "{}", "[]", "[\"charlie\"]", "0", "-1", "1.5", "1e400", "99999999999999999999", "\"\"", "\" \"",
        "\"<script>alert(1)</script>\"", "\"$(reboot)\"", "\"`id`\"", "\"'; DROP TABLE bots; --\"", "\"${jndi:ldap://x}\"",
        "\"../../etc/passwd\"", "\"a\\nb\"", "\"\\u0000\"", "\"\\u001b[2J\"", "\"\\u202e\"", "\"charlie\\n\"", "\"Charlie\"",
    ];

    public static TheoryData<string> PushFields =>
        new("app", "image", "commit", "ref", "tag", "pipelineId", "jobId", "pipelineUrl", "projectId");

    [Fact]
    public void The_real_push_is_read()
    {
        var push = Requests.ReadPush(Read(Example("image-pushed")), Allowed, Now);
        Assert.Equal(new Release(1048576, 7700123), push.Release);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 14, 3, 7, TimeSpan.Zero), push.PushedAt);
        Assert.StartsWith("registry.gitlab.com/example/charlie@sha256:9f86", push.Image, StringComparison.Ordinal);
    }

    [Fact]
    public void The_real_rollback_request_is_read()
    {
        var request = Requests.ReadRollback(Read(Example("rollback-requested")), Allowed, Now.AddHours(1));
        Assert.Equal(new Release(1048576, 7700123), request.From);
        Assert.Null(request.To);
        Assert.Equal("orders rejected since the last release", request.Reason);
    }

    [Fact]
    public void The_real_launch_action_is_read_with_and_without_what_is_optional()
    {
        var example = Example("instance-launch-lifecycle-action");
        var expected = new LaunchAction("charlie", "charlie-launch", "i-0abcdef1234567890");
        Assert.Equal(expected, LaunchAction.Read(Read(example)));
        foreach (var optional in new[] { "Origin", "Destination", "NotificationMetadata", "LifecycleActionToken" })
        {
            example["detail"]!.AsObject().Remove(optional);
        }

        Assert.Equal(expected, LaunchAction.Read(Read(example)));
    }

    [Theory]
    [MemberData(nameof(PushFields))]
    public void A_field_that_is_missing_or_anything_else_is_refused_by_its_name(string field)
    {
        var missing = Example("image-pushed");
        missing["detail"]!.AsObject().Remove(field);
        if (field != "tag")
        {
            Refused(missing, field);
        }

        foreach (var value in Hostile.Where(value => (field, value) is not ("tag", "null") and not ("ref", "\"Charlie\"") and not ("tag", "\"Charlie\"")))
        {
            var changed = Example("image-pushed").ToJsonString().Replace(
                $"\"{field}\":{Example("image-pushed")["detail"]![field]!.ToJsonString()}", $"\"{field}\":{value}", StringComparison.Ordinal);
            Assert.Contains($"\"{field}\":{value}", changed, StringComparison.Ordinal);
            if (field == "app" && value == "\"charlie\"")
            {
                continue;
            }

            Refused(JsonNode.Parse(changed)!.AsObject(), field);
        }
    }

    [Theory]
    [InlineData("registry.gitlab.com/example/charlie:main")]
    [InlineData("registry.gitlab.com/example/charlie")]
    [InlineData("registry.gitlab.com/example/other@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("registry.gitlab.com/example/charlie/evil@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("registry.gitlab.com.evil.example/example/charlie@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("registry.gitlab.com/example/charlie@sha256:9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08")]
    [InlineData("registry.gitlab.com/example/charlie@sha256:9f86")]
    [InlineData("registry.gitlab.com/example/charlie@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 ")]
    public void An_image_without_a_digest_or_from_elsewhere_is_refused(string image)
    {
        var push = Example("image-pushed");
        push["detail"]!["image"] = image;
        Refused(push, "image");
    }

    [Fact]
    public void A_message_about_a_wrong_value_is_short_and_has_no_character_that_acts_on_a_terminal()
    {
        var push = Example("image-pushed");
        push["detail"]!["ref"] = "\u001b[2J" + new string('x', 200_000);
        var message = Refused(push, "ref").Message;
        Assert.True(message.Length < 250);
        Assert.DoesNotContain(message, char.IsControl);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"Image Pushed\"")]
    [InlineData("""{"source":7,"detail-type":{},"time":[],"detail":"none"}""")]
    public void What_is_no_event_is_read_as_one_that_nobody_knows(string text)
    {
        var envelope = EventEnvelope.Read(JsonDocument.Parse(text).RootElement);
        Assert.Equal((null, null), (envelope.Source, envelope.DetailType));
        Assert.Throws<InvalidEventException>(() => Requests.ReadPush(envelope, Allowed, Now));
        Assert.Throws<InvalidEventException>(() => Requests.ReadRollback(envelope, Allowed, Now));
        Assert.Throws<InvalidEventException>(() => LaunchAction.Read(envelope));
    }

    [Fact]
    public void A_time_to_come_counts_as_now()
    {
        var push = Example("image-pushed");
        push["time"] = "2099-01-01T00:00:00Z";
        Assert.Equal(Now, Requests.ReadPush(Read(push), Allowed, Now).PushedAt);
    }

    private static InvalidEventException Refused(JsonObject push, string field)
    {
        var refused = Assert.Throws<InvalidEventException>(() => Requests.ReadPush(Read(push), Allowed, Now));
        Assert.StartsWith($"detail.{field} must be", refused.Message, StringComparison.Ordinal);
        return refused;
    }

    private static EventEnvelope Read(JsonObject document) =>
        EventEnvelope.Read(JsonDocument.Parse(document.ToJsonString()).RootElement);

    private static JsonObject Example(string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Events", "Examples", $"{name}.json")))!.AsObject();
}
