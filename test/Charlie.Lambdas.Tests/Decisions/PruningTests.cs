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

    [Fact]
    public void The_oldest_goes_first_and_the_last_ten_releases_and_twenty_versions_stay()
    {
        var records = Confirmed(30);
        var pruning = Pruning.Of(records, Group);
        Assert.False(pruning.IsDone);
        Assert.Equal(
            Enumerable.Range(1, 20).SelectMany(i => new[] { $"charlie:confirmed:{i}.1", $"charlie:reported:{i}.1" }).Order(),
            pruning.MarkKeys.Order());
        Assert.Empty(pruning.Versions);

        var after = Forget(records, pruning);
        pruning = Pruning.Of(after, Group);
        Assert.Equal(Enumerable.Range(2, 10).Select(version => (long)version), pruning.Versions.Order());
        Assert.False(pruning.IsDone);
        Assert.True(Pruning.Of(Forget(after, pruning), Group).IsDone);
    }

    [Fact]
    public void Versions_that_something_points_at_stay()
    {
        var after = Forget(Confirmed(30), Pruning.Of(Confirmed(30), Group));
        var group = new Group("charlie", 1, 3, [new GroupInstance("i-1", "InService", 4)]) { Refresh = new InstanceRefresh("r", "InProgress", 5, Arbitrary.Noon, null) };
        Assert.Equal([2, 7, 8, 9, 10, 11], Pruning.Of(after with { DefaultVersion = 6 }, group).Versions.Order());

        var floor = new Floor(new Release(2, 1), new Release(1, 1), new Release(3, 1), Arbitrary.Noon, "charlie: app");
        var reported = new ReportedMark(new Release(4, 1), EndKind.RolledBack, Arbitrary.Noon);
        Assert.Equal([6, 7, 8, 9, 10, 11], Pruning.Of(after with { Floors = [floor], Reported = after.Reported.Add(reported) }, Group).Versions.Order());
    }

    [Fact]
    public void A_floor_stays_while_it_holds_the_target_down_or_a_confirmed_release_away()
    {
        var last = new Release(30, 1);
        var records = Confirmed(30) with { Confirmed = [.. Confirmed(30).Confirmed.Skip(29)] };
        records = records with { Reported = [.. records.Reported.Select(mark => mark.Release == last ? mark : mark with { Kind = EndKind.RolledBack, EndedAt = Arbitrary.Noon })] };
        var floors = Enumerable.Range(2, 28).Select(i => new Floor(new Release(i, 1), new Release(1, 1), new Release(i, 1), Arbitrary.Noon, "charlie: app")).ToArray();
        records = records with { Floors = [.. floors] };
        Assert.Equal(last, Target.Of(records).Release);
        Assert.Equal(floors.Take(19).Select(floor => floor.Key).Order(), Pruning.Of(records, Group).MarkKeys.Where(key => key.StartsWith(Floor.Prefix, StringComparison.Ordinal)).Order());

        var kept = records with { Confirmed = records.Confirmed.Add(new ConfirmedMark(new Release(5, 1), 6, Arbitrary.Noon.AddDays(-1))) };
        Assert.Equal(floors.Take(3).Select(floor => floor.Key).Order(), Pruning.Of(kept, Group).MarkKeys.Where(key => key.StartsWith(Floor.Prefix, StringComparison.Ordinal)).Order());
    }

    /// <summary>Releases 1.1 and up, all confirmed and told, with versions 2 and up.</summary>
    private static Records Confirmed(int releases)
    {
        var all = Enumerable.Range(1, releases).Select(i => (Release: new Release(i, 1), At: Arbitrary.Noon.AddHours(i), Version: i + 1L)).ToArray();
        return Records.Read([Arbitrary.Version(1, Release.Base), .. all.Select(one => Arbitrary.Version(one.Version, one.Release))], []) with
        {
            Confirmed = [.. all.Select(one => new ConfirmedMark(one.Release, one.Version, one.At))],
            Reported = [.. all.Select(one => new ReportedMark(one.Release, EndKind.Confirmed, one.At))],
        };
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
