using Charlie.Lambdas.Decisions;
using CsCheck;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>Records as they are read from tags, and what follows from them.</summary>
public sealed class RecordsTests
{
    private static readonly Release Old = new(4, 1);
    private static readonly Release Its = new(5, 1);

    [Fact]
    public void Record_tags_read_back_as_written() =>
        Arbitrary.Records.Each(records =>
        {
            IRecordTag[] written =
            [
                .. records.Confirmations, .. records.Rejections,
                .. records.Confirmations.Select(tag => new ReportedOutcome(tag.Release, FinalOutcomeKind.RolledBack, tag.At)),
            ];
            var tags = written.Select(tag => KeyValuePair.Create(tag.Key, tag.Value)).ToArray();
            var read = Records.Read(records.Versions, tags.Append(KeyValuePair.Create("Name", "charlie")));
            Assert.Equal(records.Versions, read.Versions);
            Assert.Equal(written, read.Confirmations.Concat<IRecordTag>(read.Rejections).Concat(read.Reported));
            Assert.Empty(read.Unreadable);
            Assert.All(tags, tag => Assert.True(tag.Key.Length <= 127 && tag.Value.Length <= 256));
        });

    [Theory]
    [InlineData("charlie:confirmed:1.2", "seven 2026-11-22T12:00:00.000Z")]
    [InlineData("charlie:confirmed:1.2", "7")]
    [InlineData("charlie:confirmed:1.2", "7 yesterday")]
    [InlineData("charlie:confirmed:first", "7 2026-11-22T12:00:00.000Z")]
    [InlineData("charlie:rejected:1.2", "1.2 2026-11-22T12:00:00.000Z charlie app")]
    [InlineData("charlie:rejected:1.2:3.4", "1.2 2026-11-22T12:00:00.000Z charlie it covers nothing")]
    [InlineData("charlie:rejected:3.4:1.2", "3.4 yesterday charlie app")]
    [InlineData("charlie:reported:5.1", "Forgotten 2026-11-22T12:00:00.000Z")]
    [InlineData("charlie:reported:5.1", "1 2026-11-22T12:00:00.000Z")]
    [InlineData("charlie:reported:5.1", "Confirmed yesterday")]
    [InlineData("charlie:reported:5.1", "Confirmed")]
    [InlineData("charlie:reported:five", "Confirmed 2026-11-22T12:00:00.000Z")]
    public void A_tag_that_is_no_record_is_ignored_and_named(string key, string value)
    {
        var read = Records.Read([], [KeyValuePair.Create(key, value)]);
        Assert.Empty(read.Confirmations);
        Assert.Empty(read.Rejections);
        Assert.Empty(read.Reported);
        Assert.Equal([key], read.Unreadable);
    }

    [Fact]
    public void Confirmation_and_reported_outcome_have_their_written_form()
    {
        var (confirmation, reported) =
            (new Confirmation(Its, 7, Arbitrary.Noon), new ReportedOutcome(Its, FinalOutcomeKind.RolledBack, Arbitrary.Noon));
        Assert.Equal(("charlie:confirmed:5.1", "7 2026-11-22T12:00:00.000Z"), (confirmation.Key, confirmation.Value));
        Assert.Equal(("charlie:reported:5.1", "RolledBack 2026-11-22T12:00:00.000Z"), (reported.Key, reported.Value));
    }

    [Fact]
    public void With_adds_each_kind_of_record_to_its_own_list()
    {
        var records = new Records([], [], [], []);
        var (confirmation, rejection) = (new Confirmation(Its, 3, Arbitrary.Noon), Arbitrary.Rejection(Its, Old, Arbitrary.Noon));
        var reported = new ReportedOutcome(Its, FinalOutcomeKind.Confirmed, Arbitrary.Noon);
        Assert.Equal([confirmation], records.With(confirmation).Confirmations);
        Assert.Equal([rejection], records.With(rejection).Rejections);
        Assert.Equal([reported], records.With(reported).Reported);
        Assert.Equal([Arbitrary.Version(3, Its)], records.With(Arbitrary.Version(3, Its)).Versions);
        Assert.Throws<ArgumentOutOfRangeException>(() => records.With(new OtherTag()));
    }

    [Fact]
    public void Of_several_bases_and_rejections_the_newest_counts()
    {
        var rejections = new[] { 1, 3, 2 }.Select(hour =>
            Arbitrary.Rejection(new Release(hour, 1), Release.Base, Arbitrary.Noon.AddHours(hour)));
        var records = Records.Read(
            [Arbitrary.Version(1, Release.Base), Arbitrary.Version(4, Release.Base), Arbitrary.Version(2, Its)], []) with
        {
            Rejections = [.. rejections],
        };
        Assert.Equal(4, records.NewestBase!.Number);
        Assert.Equal(Arbitrary.Noon.AddHours(3), records.NewestRejectionAt);
        Assert.Null((records with { Rejections = [] }).NewestRejectionAt);
    }

    [Fact]
    public void The_rejection_in_effect_has_the_greatest_through_and_then_the_least_fallback()
    {
        Rejection[] rejections =
        [
            Arbitrary.Rejection(Old, Release.Base, Arbitrary.Noon), Arbitrary.Rejection(Its, Old, Arbitrary.Noon),
            Arbitrary.Rejection(Its, new Release(3, 1), Arbitrary.Noon),
        ];
        Assert.Equal(rejections[2], new Records([], [], [.. rejections], []).EffectiveRejection);
        Assert.Equal(rejections[2], new Records([], [], [.. rejections.Reverse()], []).EffectiveRejection);
        Assert.Null(new Records([], [], [], []).EffectiveRejection);
    }

    [Fact]
    public void The_greatest_rejected_release_never_sinks()
    {
        var records = new Records([], [], [Arbitrary.Rejection(new Release(6, 1), Its, Arbitrary.Noon)], []);
        var rejection = records.Reject(Its, Old, Arbitrary.Noon, RejectedBy.Operator, "complaints");
        Assert.Equal(new Rejection(new Release(6, 1), Old, Its, Arbitrary.Noon, RejectedBy.Operator, "complaints"), rejection);
        Assert.Equal(Its, (records with { Rejections = [] }).Reject(Its, Old, Arbitrary.Noon, RejectedBy.Operator, "complaints").Through);
    }

    [Fact]
    public void A_fallback_is_confirmed_below_and_has_a_version_and_one_of_its_pipeline_comes_first() =>
        Gen.Select(Arbitrary.Records, Arbitrary.Release).Each((records, from) =>
        {
            var effective = records.EffectiveRejection;
            if (records.Rejections.Any(newer => newer.At > effective!.At && newer.Covers(effective.Fallback)))
            {
                return;
            }

            var fallbacks = records.Confirmations.Select(tag => tag.Release)
                .Where(release => release < from && records.HasVersion(release)
                    && (release == effective?.Fallback || !records.Rejections.Any(rejection => rejection.Covers(release))))
                .ToArray();
            var ofPipeline = fallbacks.Where(release => release.PipelineId == from.PipelineId).ToArray();
            Assert.Equal(
                ofPipeline.Length > 0 ? ofPipeline.Max() : fallbacks.Length > 0 ? fallbacks.Max() : null, records.FallbackOf(from));
        });

    [Fact]
    public void A_fallback_is_where_an_operator_went_back_to_and_not_the_base()
    {
        var (first, bad) = (new Release(1, 10), new Release(3, 30));
        Release[] all = [Release.Base, first, new(2, 20), bad];
        var records = Confirmed(all[..3]).With(Arbitrary.Version(9, bad))
            .With(Arbitrary.Rejection(new Release(2, 20), first, Arbitrary.Noon.AddHours(2)))
            .With(Arbitrary.Rejection(first, Release.Base, Arbitrary.Noon.AddHours(1)));
        Assert.Equal(first, DesiredRelease.Of(records with { Versions = [.. records.Versions.Where(one => one.Release != bad)] }).Release);
        Assert.Equal(first, records.FallbackOf(bad));
    }

    [Fact]
    public void A_fallback_that_a_newer_rejection_covers_gives_way_to_the_newer_one()
    {
        Release[] all = [Release.Base, new(1, 10), new(2, 20), new(3, 30)];
        var effective = Arbitrary.Rejection(new Release(3, 30), new Release(2, 20), Arbitrary.Noon.AddHours(1));
        var newer = Arbitrary.Rejection(new Release(2, 20), new Release(1, 10), Arbitrary.Noon.AddHours(2));
        var records = Confirmed(all) with { Rejections = [effective, newer] };
        Assert.Equal(effective, records.EffectiveRejection);
        Assert.Equal(new Release(1, 10), records.FallbackOf(new Release(4, 40)));
        var newest = Arbitrary.Rejection(new Release(2, 20), Release.Base, Arbitrary.Noon.AddHours(3));
        Assert.Equal(Release.Base, (records with { Rejections = [effective, newest, newer] }).FallbackOf(new Release(4, 40)));
        var older = records with { Rejections = [effective, newer with { At = Arbitrary.Noon }] };
        Assert.Equal(new Release(2, 20), older.FallbackOf(new Release(4, 40)));
    }

    [Fact]
    public void A_job_that_was_run_again_falls_back_to_its_own_pipeline()
    {
        var records = Confirmed(Release.Base, new(1, 10), new(1, 15), new(2, 20));
        Assert.Equal(new Release(1, 15), records.FallbackOf(new Release(1, 30)));
        Assert.Equal(new Release(2, 20), records.FallbackOf(new Release(3, 30)));
        Assert.Null(records.FallbackOf(Release.Base));
    }

    [Theory]
    [InlineData(-1, null, true)]
    [InlineData(0, null, false)]
    [InlineData(1, null, false)]
    [InlineData(-2, -1, false)]
    [InlineData(-2, 0, true)]
    [InlineData(-2, 1, true)]
    [InlineData(-2, -2, true)]
    [InlineData(-2, -3, true)]
    public void A_confirmation_is_overruled_by_an_older_rejection_unless_one_between_goes_back_to_it(
        int rejected, int? wentBack, bool isOverruled)
    {
        var records = Confirmed(Release.Base, Old, Its)
            .With(Arbitrary.Rejection(Its, Old, Arbitrary.Noon.AddSeconds(rejected)));
        if (wentBack is { } seconds)
        {
            records = records.With(Arbitrary.Rejection(new Release(6, 1), Its, Arbitrary.Noon.AddSeconds(seconds)));
        }

        Assert.Equal(!isOverruled, records.IsConfirmed(Its));
        Assert.Equal(
            isOverruled || rejected >= 0 ? FinalOutcomeKind.RolledBack : FinalOutcomeKind.Confirmed,
            FinalOutcome.Of(records).Single(outcome => outcome.Release == Its).Kind);
        Assert.True(records.IsConfirmed(Old));
    }

    [Fact]
    public void A_record_tag_that_is_written_again_takes_the_place_of_the_one_before()
    {
        var again = Confirmed(Its).With(new Confirmation(Its, 9, Arbitrary.Noon.AddHours(1)));
        Assert.Equal(9, Assert.Single(again.Confirmations).Version);
        var rejected = again.With(Arbitrary.Rejection(Its, Old, Arbitrary.Noon))
            .With(Arbitrary.Rejection(Its, Old, Arbitrary.Noon.AddHours(2)));
        Assert.Equal(Arbitrary.Noon.AddHours(2), Assert.Single(rejected.Rejections).At);
    }

    [Fact]
    public void A_release_is_recorded_by_its_version_or_any_of_its_record_tags()
    {
        var none = new Records([], [], [], []);
        Assert.False(none.IsRecorded(Its));
        Assert.True(none.With(Arbitrary.Version(3, Its)).IsRecorded(Its));
        Assert.True(none.With(new Confirmation(Its, 3, Arbitrary.Noon)).IsRecorded(Its));
        Assert.True(none.With(new ReportedOutcome(Its, FinalOutcomeKind.RolledBack, Arbitrary.Noon)).IsRecorded(Its));
        Assert.True(none.With(Arbitrary.Rejection(Its, Old, Arbitrary.Noon)).IsRecorded(Its));
        Assert.False(none.With(Arbitrary.Rejection(new Release(6, 1), Old, Arbitrary.Noon)).IsRecorded(Its));
    }

    [Fact]
    public void A_confirmation_of_a_version_of_another_release_leaves_the_newest_version()
    {
        var records = new Records(
            [Arbitrary.Version(2, Old), Arbitrary.Version(3, Its), Arbitrary.Version(4, Its)], [new Confirmation(Its, 2, Arbitrary.Noon)],
                [], []);
        Assert.Equal(4, records.VersionOf(Its)!.Number);
        Assert.Null(records.VersionOf(new Release(9, 9)));
        Assert.Null(records.Version(null));
    }

    /// <summary>Releases with versions 1 and up, all confirmed at noon.</summary>
    private static Records Confirmed(params Release[] releases) =>
        new(
            [.. releases.Select((release, index) => Arbitrary.Version(index + 1, release))],
            [.. releases.Select((release, index) => new Confirmation(release, index + 1, Arbitrary.Noon))],
            [],
            []);

    private sealed record OtherTag : IRecordTag
    {
        public string Key => "other";

        public string Value => "";
    }

    [Fact]
    public void A_tag_that_is_written_counts_once()
    {
        var (release, now) = (new Release(5, 1), Arbitrary.Noon);
        IRecordTag[] tags =
        [
            new Confirmation(release, 3, now), Arbitrary.Rejection(release, Release.Base, now),
            new ReportedOutcome(release, FinalOutcomeKind.Confirmed, now), new Attempts(release, now, 0, [], ""),
            new Replacement(release, 1, now), new DownSince(now, 0),
        ];
        var records = Records.Read([], [new("owner", "other people")]);
        foreach (var (index, tag) in tags.Index())
        {
            records = records.With(tag);
            Assert.Equal(index + 2, records.TagCount);
            Assert.Equal(index + 2, records.With(tag).TagCount);
        }
    }
}
