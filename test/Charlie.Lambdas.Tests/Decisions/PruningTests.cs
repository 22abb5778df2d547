using Charlie.Lambdas.Decisions;
using CsCheck;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>What the sweep forgets changes nothing that is worked out, and keeps the tags within EC2's limit.</summary>
public sealed class PruningTests
{
    // EC2: a resource has at most 50 tags.
    private const int MostTags = 50;

    private static readonly Group Group = new("charlie", 1, 1, []);

    /// <summary>A life of many releases, each confirmed or rolled back, and most ends known to have left.</summary>
    private static readonly Gen<Records> Lives =
        Gen.Select(Gen.Int[0, 3].Array[1, 60], Gen.Int[0, 9].Array[60]).Select((fates, told) =>
        {
            var records = Records.Read([Arbitrary.Version(1, Release.Base)], []) with { Confirmed = [new ConfirmedMark(Release.Base, 1, Arbitrary.Noon)] };
            for (var i = 0; i < fates.Length; i++)
            {
                var (release, at) = (new Release(i + 1, 1), Arbitrary.Noon.AddMinutes(i + 1));
                records = records.With(Arbitrary.Version(i + 2, release));
                var confirmed = fates[i] > 0;
                var gone = fates[i] is 0 or 3;
                if (confirmed)
                {
                    records = records with { Confirmed = records.Confirmed.Add(new ConfirmedMark(release, i + 2, at)) };
                }

                if (gone && records.GoBackFrom(release) is { } goBackTo)
                {
                    records = records.With(records.RaiseFloor(release, goBackTo, at.AddSeconds(1), "charlie: app"));
                }

                if (told[i] > 0 && ReleaseEnd.Of(records).FirstOrDefault(end => end.Release == release) is { } ended)
                {
                    records = records with { Reported = records.Reported.Add(new ReportedMark(release, ended.Kind, ended.At)) };
                }
            }

            return records;
        });

    [Fact]
    public void Target_rollback_and_rejections_stay_what_they_were() =>
        Lives.Sample(records =>
        {
            var after = Forget(records, Pruning.Of(records, Group));
            var target = Target.Of(records);
            Assert.Equal((target.Release, target.Version!.Number), (Target.Of(after).Release, Target.Of(after).Version!.Number));
            Assert.Equal(records.GoBackFrom(target.Release), after.GoBackFrom(target.Release));
            Assert.Equal(records.IsConfirmed(target.Release), after.IsConfirmed(target.Release));
            foreach (var release in records.Versions.Select(version => version.Release).Where(release => release < target.Release))
            {
                Assert.IsType<RefreshDecision.LeaveStale>(RefreshDecision.Decide(Push(release), after));
            }
        });

    [Fact]
    public void No_end_that_people_may_not_have_heard_of_is_forgotten() =>
        Lives.Sample(records =>
        {
            var after = Forget(records, Pruning.Of(records, Group));
            Assert.Equal(
                ReleaseEnd.Of(records).Where(end => !end.IsReported(records)),
                ReleaseEnd.Of(after).Where(end => !end.IsReported(after)));
        });

    [Fact]
    public void What_nobody_may_delete_is_kept() =>
        Lives.Sample(records =>
        {
            var group = Group with { Pin = 3, Instances = [new GroupInstance("i-1", "InService", 4)] };
            var pruned = Pruning.Of(records with { DefaultVersion = 5 }, group).Versions;
            Assert.DoesNotContain(pruned, version => version is 1 or 3 or 4 or 5 || records.Version(version)!.IsBase);
            Assert.DoesNotContain(pruned, version => records.IsConfirmed(records.Version(version)!.Release));
        });

    [Fact]
    public void A_year_of_confirmed_releases_fits_in_fifty_tags_at_every_moment()
    {
        var records = Records.Read([Arbitrary.Version(1, Release.Base)], []);
        for (var i = 1; i <= 365; i++)
        {
            var (release, at) = (new Release(i, 1), Arbitrary.Noon.AddHours(i));
            records = records.With(Arbitrary.Version(i + 1, release)) with
            {
                Confirmed = records.Confirmed.Add(new ConfirmedMark(release, i + 1, at)),
                Reported = records.Reported.Add(new ReportedMark(release, EndKind.Confirmed, at)),
            };
            Assert.True(Tags(records) <= MostTags, $"{Tags(records)} tags after release {i}");
            records = Forget(records, Pruning.Of(records, Group));
            Assert.InRange(records.Versions.Length, 1, 40);
        }
    }

    [Fact]
    public void A_hundred_bad_releases_in_a_row_fit_in_fifty_tags_and_stay_rejected()
    {
        var good = new Release(1, 1);
        var records = Records.Read([Arbitrary.Version(1, Release.Base), Arbitrary.Version(2, good)], []) with
        {
            Confirmed = [new ConfirmedMark(good, 2, Arbitrary.Noon)],
            Reported = [new ReportedMark(good, EndKind.Confirmed, Arbitrary.Noon)],
        };
        for (var i = 2; i <= 101; i++)
        {
            var (release, at) = (new Release(i, 1), Arbitrary.Noon.AddHours(i));
            records = records.With(Arbitrary.Version(i + 1, release));
            records = records.With(records.RaiseFloor(release, good, at, "charlie: app")) with
            {
                Reported = records.Reported.Add(new ReportedMark(release, EndKind.RolledBack, at)),
            };
            Assert.True(Tags(records) <= MostTags, $"{Tags(records)} tags after release {i}");
            records = Forget(records, Pruning.Of(records, Group));
            Assert.Equal(good, Target.Of(records).Release);
            Assert.All(Enumerable.Range(2, i - 1), bad => Assert.IsType<RefreshDecision.LeaveStale>(RefreshDecision.Decide(Push(new Release(bad, 1)), records)));
        }
    }

    private static int Tags(Records records) => records.Confirmed.Length + records.Floors.Length + records.Reported.Length;

    private static Records Forget(Records records, Pruning pruning) =>
        records with
        {
            Versions = [.. records.Versions.Where(version => !pruning.Versions.Contains(version.Number))],
            Confirmed = [.. records.Confirmed.Where(mark => !pruning.MarkKeys.Contains(mark.Key))],
            Floors = [.. records.Floors.Where(floor => !pruning.MarkKeys.Contains(floor.Key))],
            Reported = [.. records.Reported.Where(mark => !pruning.MarkKeys.Contains(mark.Key))],
        };

    private static Push Push(Release release) =>
        new(release, Arbitrary.Image(release), new string('a', 40), "https://gitlab.com/example/charlie/-/pipelines/1", 4242, Arbitrary.Noon);
}
