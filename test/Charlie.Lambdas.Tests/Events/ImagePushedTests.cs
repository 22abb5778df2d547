using System.Text.Json;
using System.Text.Json.Nodes;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Events;

namespace Charlie.Lambdas.Tests.Events;

/// <summary>The real push is read; anything else in one of its fields is refused by the field's name, with what is allowed.</summary>
public sealed class ImagePushedTests
{
    private const string Digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    public static TheoryData<string> RefNames(string kind) =>
    [
        .. JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "ref-names.json")))![kind]!.AsArray()
            .Select(name => (string)name!),
    ];

    public static TheoryData<string> PushFields =>
        new("app", "image", "commit", "ref", "tag", "pipelineId", "jobId", "pipelineUrl", "projectId");

    [Fact]
    public void The_real_event_is_read_field_by_field() =>
        Assert.Equal(
            new Push(
                new Release(1048576, 7700123),
                $"registry.gitlab.com/example/charlie@sha256:{Digest}",
                "1f3c9a2e5b7d4c8f9e0a1b2c3d4e5f60718293a4",
                "https://gitlab.com/example/charlie/-/pipelines/1048576",
                4242,
                new DateTimeOffset(2026, 11, 22, 14, 3, 7, TimeSpan.Zero))
            {
                Notes = new PushNotes("main-1f3c9a2e", null, null, null),
            },
            Read(Example.Read(Example.Of("image-pushed"))));

    [Theory]
    [MemberData(nameof(PushFields))]
    public void A_field_that_is_missing_or_anything_else_is_refused_by_its_name(string field)
    {
        if (field == "tag")
        {
            Assert.NotNull(Read(Example.Without("image-pushed", field)));
        }
        else
        {
            Refused(Example.Without("image-pushed", field), field);
        }

        foreach (var value in Example.Hostile)
        {
            if ((field, value) is ("tag", "null") or ("tag", "\"Charlie\"")
                || (field == "ref" && value[0] == '"' && value != Example.NoText
                    && RefName.IsAllowed(JsonSerializer.Deserialize<string>(value)!)))
            {
                Assert.NotNull(Read(Example.With("image-pushed", field, value)));
            }
            else
            {
                Refused(Example.With("image-pushed", field, value), field);
            }
        }
    }

    [Theory]
    [InlineData("commitTitle", "\"Quote in \\\"cents\\\"\"", "Quote in \"cents\"")]
    [InlineData("commitTitle", "\" a\\r\\nb\\u001b[31m \"", "a  b [31m")]
    [InlineData("commitTitle", "\"\\n\"", null)]
    [InlineData("commitTitle", "null", null)]
    [InlineData("commitAuthor", "\"Jos\\u00e9\"", "José")]
    [InlineData("deploymentId", "31", "31")]
    public void A_note_is_one_line_or_left_out(string field, string value, string? note)
    {
        var notes = Read(Example.With("image-pushed", field, value)).Notes;
        Assert.Equal(
            note,
            field switch { "commitTitle" => notes.CommitTitle, "commitAuthor" => notes.CommitAuthor, _ => $"{notes.DeploymentId}" });
    }

    [Fact]
    public void A_field_whose_name_is_no_text_is_ignored() =>
        Assert.NotNull(Read(Example.ReadText(Example.Of("image-pushed").ToJsonString()
            .Replace("\"app\":", @"""\ud83e"":1,""app"":", StringComparison.Ordinal))));

    [Fact]
    public void A_long_note_is_cut() =>
        Assert.Equal(
            new string('x', PushNotes.MaxText - 1) + "…",
            Read(Example.With("image-pushed", "commitTitle", $"\"{new string('x', 5000)}\"")).Notes.CommitTitle);

    [Theory]
    [InlineData("commitTitle", "7", "a text")]
    [InlineData("commitAuthor", "{}", "a text")]
    [InlineData("commitAuthor", "\"\\ud83e\"", "a text")]
    [InlineData("deploymentId", "0", "a positive integer")]
    [InlineData("deploymentId", "\"31\"", "a positive integer")]
    public void A_note_of_another_type_is_refused(string field, string value, string allowed) =>
        Assert.StartsWith(
            $"detail.{field} must be {allowed}; ", Refused(Example.With("image-pushed", field, value), field), StringComparison.Ordinal);

    [Theory]
    [InlineData("registry.gitlab.com/example/charlie:main")]
    [InlineData("registry.gitlab.com/example/charlie")]
    [InlineData($"registry.gitlab.com/example/other@sha256:{Digest}")]
    [InlineData($"registry.gitlab.com/example/charlie/evil@sha256:{Digest}")]
    [InlineData($"registry.gitlab.com.evil.example/example/charlie@sha256:{Digest}")]
    [InlineData("registry.gitlab.com/example/charlie@sha256:9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08")]
    [InlineData("registry.gitlab.com/example/charlie@sha256:9f86")]
    [InlineData($"registry.gitlab.com/example/charlie@sha256:{Digest} ")]
    [InlineData($"registry.gitlab.com/example/charlie@md5:{Digest}")]
    [InlineData($"registry.gitlab.com/example/charlie#sha256:{Digest}")]
    public void An_image_without_a_digest_or_from_elsewhere_is_refused(string image) =>
        Assert.StartsWith(
            "detail.image must be registry.gitlab.com/example/charlie@sha256: and 64 hexadecimal digits"
            + " (an image by its digest, from that repository); it is \"",
            Refused(Example.With("image-pushed", "image", $"\"{image}\""), "image"),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("app", "'charlie'")]
    [InlineData("commit", "40 hexadecimal digits in lower case")]
    [InlineData("ref", "a branch name")]
    [InlineData("tag", "an image tag")]
    [InlineData("pipelineId", "a positive integer")]
    [InlineData("jobId", "a positive integer")]
    [InlineData("pipelineUrl", "https://gitlab.com/example/charlie/-/pipelines/1048576")]
    [InlineData("projectId", "4242")]
    public void A_message_says_what_is_allowed_and_what_the_field_is(string field, string allowed) =>
        Assert.Equal(
            $"detail.{field} must be {allowed}; it is \"~\"", Refused(Example.With("image-pushed", field, "\"~\""), field));

    [Theory]
    [MemberData(nameof(RefNames), "allowed")]
    public void A_ref_that_git_allows_is_taken(string name) =>
        Assert.NotNull(Read(Example.With("image-pushed", "ref", JsonSerializer.Serialize(name))));

    [Theory]
    [MemberData(nameof(RefNames), "refused")]
    public void A_ref_that_git_refuses_is_refused(string name) =>
        Refused(Example.With("image-pushed", "ref", JsonSerializer.Serialize(name)), "ref");

    [Theory]
    [InlineData("a", 255, 256)]
    [InlineData("\u00e9", 127, 128)]
    [InlineData("\U0001f916", 63, 64)]
    public void A_ref_has_at_most_255_bytes(string character, int allowed, int tooMany)
    {
        Assert.True(RefName.IsAllowed(string.Concat(Enumerable.Repeat(character, allowed))));
        Assert.False(RefName.IsAllowed(string.Concat(Enumerable.Repeat(character, tooMany))));
    }

    [Fact]
    public void A_message_about_a_wrong_value_is_short_and_safe_for_a_terminal()
    {
        var push = Example.Of("image-pushed");
        push["detail"]!["ref"] = "\u001b[2J" + new string('x', 200_000);
        var message = Refused(Example.Read(push), "ref");
        Assert.True(message.Length < 250);
        Assert.DoesNotContain(message, char.IsControl);
    }

    [Fact]
    public void A_missing_field_and_a_missing_detail_are_named()
    {
        Assert.Equal("detail.app must be 'charlie'; it is missing", Refused(Example.Without("image-pushed", "app"), "app"));
        var without = Example.Of("image-pushed");
        without.Remove("detail");
        Assert.Equal("detail must be an object", Assert.Throws<InvalidEventException>(() => Read(Example.Read(without))).Message);
    }

    [Fact]
    public void A_time_to_come_counts_as_now()
    {
        var push = Example.Of("image-pushed");
        push["time"] = "2099-01-01T00:00:00Z";
        Assert.Equal(Example.Now, Read(Example.Read(push)).PushedAt);
    }

    private static string Refused(EventEnvelope envelope, string field)
    {
        var refused = Assert.Throws<InvalidEventException>(() => Read(envelope));
        Assert.StartsWith($"detail.{field} must be", refused.Message, StringComparison.Ordinal);
        return refused.Message;
    }

    private static Push Read(EventEnvelope envelope) => ImagePushed.Read(envelope, Example.Allowed, Example.Now).Push;
}
