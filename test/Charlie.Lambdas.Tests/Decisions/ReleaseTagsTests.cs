using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>A release in its version's tags.</summary>
public sealed class ReleaseTagsTests
{
    [Fact]
    public void A_version_reads_back_with_the_base_tags_kept()
    {
        var push = new Push(
            new Release(7, 1), "r@sha256:1", new string('b', 40), "https://gitlab.com/p/-/pipelines/7", 9, Arbitrary.Noon)
        {
            Notes = new PushNotes("1.2", "Quote in cents", "José", 31),
        };
        var ofBase = TagSpecifications.None.WithInstanceTags(
            [KeyValuePair.Create("Name", "bot"), KeyValuePair.Create(ReleaseTags.Image, "old")]);
        var version = ReleaseTags.Read(3, ofBase.WithInstanceTags(ReleaseTags.Write(push, 1)));
        Assert.NotNull(version);
        Assert.Equal(
            new Push(version.Release, version.Image!, version.Commit!, version.PipelineUrl!, version.ProjectId!.Value,
                version.PushedAt!.Value)
            { Notes = version.Notes },
            push);
        Assert.Equal((3L, false), (version.Number, version.IsBase));
        Assert.Equal(("bot", "1"), (version.Tags.OfInstance["Name"], version.Tags.OfInstance[ReleaseTags.BaseVersion]));
    }

    [Fact]
    public void Written_form_has_one_tag_a_fact() =>
        Assert.Equal(
            [
                "charlie:base=1", $"charlie:commit={new string('a', 40)}", "charlie:image=registry.gitlab.com/example/charlie@7.1",
                "charlie:pipeline-url=https://gitlab.com/example/charlie/-/pipelines/1", "charlie:project=4242",
                "charlie:pushed-at=2026-11-22T12:00:00.000Z", "charlie:release=7.1",
            ],
            ReleaseTags.Write(Arbitrary.Push(new Release(7, 1), Arbitrary.Noon), 1)
                .Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal));

    [Fact]
    public void A_note_is_one_tag_more() =>
        Assert.Equal(
            ["charlie:commit-author=José", "charlie:commit-title=Quote in cents", "charlie:deployment=31", "charlie:tag=1.2"],
            ReleaseTags.Write(
                Arbitrary.Push(new Release(7, 1), Arbitrary.Noon) with { Notes = new PushNotes("1.2", "Quote in cents", "José", 31) }, 1)
                .Except(ReleaseTags.Write(Arbitrary.Push(new Release(7, 1), Arbitrary.Noon), 1))
                .Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("five")]
    [InlineData("next")]
    [InlineData("0.0")]
    public void A_version_whose_release_is_none_is_not_read(string release) => Assert.Null(ReleaseTags.Read(3, Tagged(release)));

    [Fact]
    public void A_version_without_a_release_is_a_base_of_unknown_origin()
    {
        var version = ReleaseTags.Read(3, TagSpecifications.None)!;
        Assert.Equal(new ReleaseVersion(3, Release.Base, null, null, null, null, null, TagSpecifications.None), version);
        Assert.True(version.IsBase);
        Assert.Equal(new Release(5, 1), ReleaseTags.Read(3, Tagged("5.1"))!.Release);
    }

    private static TagSpecifications Tagged(string release) =>
        TagSpecifications.None.WithInstanceTags([KeyValuePair.Create(ReleaseTags.ReleaseKey, release)]);
}
