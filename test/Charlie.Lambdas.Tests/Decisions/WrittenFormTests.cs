using Charlie.Lambdas.Decisions;
using CsCheck;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>What is written in tags is read back as it was, and nothing else is read.</summary>
public sealed class WrittenFormTests
{
    [Fact]
    public void A_release_reads_back_as_written() =>
        Gen.Select(Gen.Long[0, long.MaxValue], Gen.Long[0, long.MaxValue]).Sample((pipeline, job) =>
        {
            var release = new Release(pipeline, job);
            return Release.TryParse(release.ToString(), out var read) && read == release;
        });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.2.3")]
    [InlineData("-1.2")]
    [InlineData("1.+2")]
    [InlineData("01.2")]
    [InlineData(" 1.2")]
    [InlineData("1.2\n")]
    [InlineData("1.99999999999999999999")]
    [InlineData("1,000.2")]
    public void What_is_no_release_is_not_read(string? text) => Assert.False(Release.TryParse(text, out _));

    [Fact]
    public void A_floor_is_cut_to_what_a_tag_holds_and_goes_down()
    {
        Assert.Equal(256, Why(300).Value.Length);
        Assert.Equal(256, Why(256 - Why(0).Value.Length).Value.Length);
        Assert.Equal(255, Why(255 - Why(0).Value.Length).Value.Length);
        var floor = Why(1);
        Assert.NotNull(Floor.Read(floor.Key, floor.Value));
        Assert.Null(Floor.Read("charlie:floor:5.1:5.1", floor.Value));

        static Floor Why(int length) => new(new Release(5, 1), new Release(4, 1), new Release(5, 1), Arbitrary.Noon, new string('x', length));
    }

    [Theory]
    [InlineData("2026-11-22T12:00:00.000Z")]
    [InlineData("2026-11-22T12:00:00Z")]
    public void An_instant_is_read_as_UTC(string text)
    {
        Assert.Equal(Arbitrary.Noon, Instants.Read(text));
        Assert.Equal(TimeSpan.Zero, Instants.Read(text)!.Value.Offset);
    }

    [Fact]
    public void A_version_whose_release_is_none_is_not_Charlies()
    {
        Assert.Equal(new Release(5, 1), ReleaseTags.Read(3, Tagged("5.1"))!.Release);
        Assert.Null(ReleaseTags.Read(3, Tagged("five")));
        Assert.Null(ReleaseTags.Read(3, Tagged("0.0")));

        static TagSpecifications Tagged(string release) => TagSpecifications.None.WithInstanceTags([KeyValuePair.Create(ReleaseTags.ReleaseKey, release)]);
    }

    [Fact]
    public void Of_several_bases_and_floors_the_newest_counts()
    {
        var floors = new[] { 1, 3, 2 }.Select(hour => new Floor(new Release(hour, 1), Release.Base, new Release(hour, 1), Arbitrary.Noon.AddHours(hour), "charlie: app"));
        var records = Records.Read([Arbitrary.Version(1, Release.Base), Arbitrary.Version(4, Release.Base), Arbitrary.Version(2, new Release(5, 1))], [])
            with { Floors = [.. floors] };
        Assert.Equal(4, records.NewestBase!.Number);
        Assert.Equal(Arbitrary.Noon.AddHours(3), records.NewestFloorAt);
        Assert.Null((records with { Floors = [] }).NewestFloorAt);
    }

    [Fact]
    public void Marks_read_back_as_written_and_say_the_same() =>
        Arbitrary.Records.Sample(records =>
        {
            var tags = records.Confirmed.Select(mark => KeyValuePair.Create(mark.Key, mark.Value))
                .Concat(records.Floors.Select(floor => KeyValuePair.Create(floor.Key, floor.Value)))
                .ToArray();
            var read = Records.Read(records.Versions, tags.Append(KeyValuePair.Create("Name", "charlie")));
            Assert.Equal(records.Confirmed, read.Confirmed);
            Assert.Equal(records.Floors, read.Floors);
            Assert.Empty(read.Unreadable);
            Assert.All(tags, tag => Assert.True(tag.Key.Length <= 127 && tag.Value.Length <= 256));
        });

    [Theory]
    [InlineData("charlie:confirmed:1.2", "seven 2026-11-22T12:00:00.000Z")]
    [InlineData("charlie:confirmed:1.2", "7")]
    [InlineData("charlie:confirmed:first", "7 2026-11-22T12:00:00.000Z")]
    [InlineData("charlie:floor:1.2", "1.2 2026-11-22T12:00:00.000Z charlie: app")]
    [InlineData("charlie:floor:1.2:3.4", "1.2 2026-11-22T12:00:00.000Z charlie: it rejects nothing")]
    [InlineData("charlie:floor:3.4:1.2", "3.4 yesterday charlie: app")]
    public void A_mark_that_is_none_says_nothing_and_is_named(string key, string value)
    {
        var read = Records.Read([], [KeyValuePair.Create(key, value)]);
        Assert.Empty(read.Confirmed);
        Assert.Empty(read.Floors);
        Assert.Equal([key], read.Unreadable);
    }

    [Fact]
    public void A_long_reason_fits_in_a_tag()
    {
        var floor = new Floor(new Release(5, 1), new Release(4, 1), new Release(5, 1), Arbitrary.Noon, new string('x', 1000));
        Assert.Equal(256, floor.Value.Length);
        Assert.NotNull(Floor.Read(floor.Key, floor.Value));
    }

    [Fact]
    public void A_version_reads_back_with_the_base_tags_kept()
    {
        var push = new Push(new Release(7, 1), "r@sha256:1", new string('b', 40), "https://gitlab.com/p/-/pipelines/7", 9, Arbitrary.Noon);
        var ofBase = TagSpecifications.None.WithInstanceTags([KeyValuePair.Create("Name", "bot"), KeyValuePair.Create(ReleaseTags.Image, "old")]);
        var version = ReleaseTags.Read(3, ofBase.WithInstanceTags(ReleaseTags.Write(push, 1)));
        Assert.NotNull(version);
        Assert.Equal((push.Release, push.Image, push.PushedAt), (version.Release, version.Image, version.PushedAt!.Value));
        Assert.Equal("bot", version.Tags.OfInstance["Name"]);
        Assert.Equal("1", version.Tags.OfInstance[ReleaseTags.BaseVersion]);
    }

    [Fact]
    public void A_version_with_a_release_that_is_none_is_not_taken_for_a_base() =>
        Assert.Null(ReleaseTags.Read(3, TagSpecifications.None.WithInstanceTags([KeyValuePair.Create(ReleaseTags.ReleaseKey, "next")])));
}
