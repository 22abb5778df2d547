using Charlie.Lambdas.Decisions;
using CsCheck;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>What the sweep deletes changes no decision, and keeps the tags within EC2's limit.</summary>
public sealed class PruningTests
{
    // EC2: a resource has at most 50 tags.
    private const int MaxTags = 50;

    // Each is many releases long, and every release is worked out from all those before it.
    private static readonly int SampleCount = SampleSize.Of(200);

    private static readonly int Histories = SampleSize.Of(2000);

    private static readonly Group Group = new("charlie", 1, 1, []);

    /// <summary>Many releases, each confirmed or rolled back, and most outcomes recorded as delivered.</summary>
    private static readonly Gen<Records> Lives =
        Gen.Select(Gen.Int[0, 3].Array[1, 60], Gen.Int[0, 9].Array[60]).Select((fates, reported) =>
        {
            var records =
                Records.Read([Arbitrary.Version(1, Release.Base)], []).With(new Confirmation(Release.Base, 1, Arbitrary.Noon));
            for (var i = 0; i < fates.Length; i++)
            {
                var (release, at) = (new Release(i + 1, 1), Arbitrary.Noon.AddMinutes(i + 1));
                records = records.With(Arbitrary.Version(i + 2, release));
                var confirmed = fates[i] > 0;
                var gone = fates[i] is 0 or 3;
                if (confirmed)
                {
                    records = records.With(new Confirmation(release, i + 2, at));
                }

                if (gone && records.FallbackOf(release) is { } fallback)
                {
                    records = records.With(records.Reject(release, fallback, at.AddSeconds(1), RejectedBy.Charlie, "app"));
                }

                if (reported[i] > 0 && FinalOutcome.Of(records).FirstOrDefault(outcome => outcome.Release == release) is { } ended)
                {
                    records = records.With(new ReportedOutcome(release, ended.Kind, ended.At));
                }
            }

            return records;
        });

    [Fact]
    public void Desired_release_fallback_and_rejections_stay_what_they_were() =>
        Lives.Each(
            records =>
            {
                var after = Pruned(records, Pruning.Of(records, Group));
                var desired = DesiredRelease.Of(records);
                Assert.Equal((desired.Release, desired.Version!.Number),
                    (DesiredRelease.Of(after).Release, DesiredRelease.Of(after).Version!.Number));
                Assert.Equal(records.FallbackOf(desired.Release), after.FallbackOf(desired.Release));
                Assert.Equal(records.IsConfirmed(desired.Release), after.IsConfirmed(desired.Release));
                foreach (var release in records.Versions.Select(version => version.Release).Where(release => release < desired.Release))
                {
                    Assert.IsType<RunResult.StalePush>(Decide(release, after));
                }
            },
            SampleCount);

    [Fact]
    public void An_outcome_that_may_not_have_been_delivered_is_kept() =>
        Lives.Each(
            records =>
            {
                var after = Pruned(records, Pruning.Of(records, Group));
                Assert.Equal(
                    FinalOutcome.Of(records).Where(outcome => !outcome.IsReported(records)),
                    FinalOutcome.Of(after).Where(outcome => !outcome.IsReported(after)));
            },
            SampleCount);

    [Fact]
    public void Versions_of_base_group_default_and_confirmed_releases_are_kept() =>
        Lives.Each(
            records =>
            {
                var group = Group with { Pin = 3, Instances = [new GroupInstance("i-1", "InService", 4)] };
                var pruned = Pruning.Of(records with { DefaultVersion = 5 }, group).Versions;
                Assert.DoesNotContain(pruned, version => version is 1 or 3 or 4 or 5 || records.Version(version)!.IsBase);
                Assert.DoesNotContain(pruned, version => records.IsConfirmed(records.Version(version)!.Release));
            },
            SampleCount);

    [Fact]
    public void A_year_of_confirmed_releases_fits_in_fifty_tags_at_every_moment()
    {
        var records = Records.Read([Arbitrary.Version(1, Release.Base)], []);
        for (var i = 1; i <= 365; i++)
        {
            var (release, at) = (new Release(i, 1), Arbitrary.Noon.AddHours(i));
            records = records.With(Arbitrary.Version(i + 1, release)).With(new Confirmation(release, i + 1, at))
                .With(new ReportedOutcome(release, FinalOutcomeKind.Confirmed, at));
            Assert.True(Tags(records) <= MaxTags, $"{Tags(records)} tags after release {i}");
            records = Pruned(records, Pruning.Of(records, Group));
            Assert.InRange(records.Versions.Length, 1, 40);
        }
    }

    [Fact]
    public void A_hundred_bad_releases_in_a_row_fit_in_fifty_tags_and_stay_rejected()
    {
        var good = new Release(1, 1);
        var records = Records.Read([Arbitrary.Version(1, Release.Base), Arbitrary.Version(2, good)], [])
            .With(new Confirmation(good, 2, Arbitrary.Noon)).With(new ReportedOutcome(good, FinalOutcomeKind.Confirmed, Arbitrary.Noon));
        for (var i = 2; i <= 101; i++)
        {
            var (release, at) = (new Release(i, 1), Arbitrary.Noon.AddHours(i));
            records = records.With(Arbitrary.Version(i + 1, release));
            records = records.With(records.Reject(release, good, at, RejectedBy.Charlie, "app"))
                .With(new ReportedOutcome(release, FinalOutcomeKind.RolledBack, at));
            Assert.True(Tags(records) <= MaxTags, $"{Tags(records)} tags after release {i}");
            records = Pruned(records, Pruning.Of(records, Group));
            Assert.Equal(good, DesiredRelease.Of(records).Release);
            Assert.All(Enumerable.Range(2, i - 1), bad => Assert.IsType<RunResult.StalePush>(Decide(new Release(bad, 1), records)));
        }
    }

    [Fact]
    public void The_newest_nineteen_outcomes_and_twenty_versions_are_kept()
    {
        var records = Confirmed(30);
        var pruning = Pruning.Of(records, Group);
        Assert.False(pruning.IsDone);
        Assert.Equal(
            Enumerable.Range(1, 11).SelectMany(i => new[] { $"charlie:confirmed:{i}.1", $"charlie:reported:{i}.1" }).Order(),
            pruning.TagKeys.Order());
        Assert.Empty(pruning.Versions);

        var after = Pruned(records, pruning);
        pruning = Pruning.Of(after, Group);
        Assert.Equal(Enumerable.Range(2, 10).Select(version => (long)version), pruning.Versions.Order());
        Assert.False(pruning.IsDone);
        Assert.True(Pruning.Of(Pruned(after, pruning), Group).IsDone);
    }

    [Fact]
    public void Versions_that_a_group_or_a_record_tag_names_are_kept()
    {
        var after = Pruned(Confirmed(30), Pruning.Of(Confirmed(30), Group));
        var group = new Group("charlie", 1, 3, [new GroupInstance("i-1", "InService", 4)])
        {
            Refresh =
            new InstanceRefresh("r", "InProgress", 5, Arbitrary.Noon, null)
        };
        Assert.Equal([2, 7, 8, 9, 10, 11], Pruning.Of(after with { DefaultVersion = 6 }, group).Versions.Order());

        var rejection = new Rejection(new Release(2, 1), new Release(1, 1), new Release(3, 1), Arbitrary.Noon, RejectedBy.Charlie, "app");
        var reported = new ReportedOutcome(new Release(4, 1), FinalOutcomeKind.RolledBack, Arbitrary.Noon);
        Assert.Equal([6, 7, 8, 9, 10, 11],
            Pruning.Of(after with { Rejections = [rejection], Reported = after.Reported.Add(reported) }, Group).Versions.Order());
    }

    [Theory]
    [InlineData(46, 0)]
    [InlineData(47, 10)]
    public void A_sweep_deletes_only_above_the_bound_and_then_eight_more(int tags, int deleted)
    {
        var records = Confirmed(20);
        var pruning = Pruning.Of(records with { TagCount = tags }, Group);
        Assert.Equal(deleted, pruning.TagKeys.Length);
    }

    [Fact]
    public void Room_is_made_only_for_a_record_tag_and_only_at_the_limit()
    {
        var records = Confirmed(25);
        var confirm = new AwsAction.Confirm(new Confirmation(new Release(26, 1), 27, Arbitrary.Noon));
        Assert.Equal(["charlie:confirmed:1.1", "charlie:reported:1.1"], Room(confirm, records).Keys);
        Assert.Same(confirm, Pruning.MakeRoom(confirm, records with { TagCount = 49 }));
        var pin = new AwsAction.Pin(records.Versions[1]);
        Assert.Same(pin, Pruning.MakeRoom(pin, records));
        Assert.Same(confirm, Pruning.MakeRoom(confirm, Confirmed(1) with { TagCount = 50 }));
        Assert.All(
            new AwsAction[]
            {
                new AwsAction.Reject(Arbitrary.Rejection(new Release(26, 1), new Release(25, 1), Arbitrary.Noon)),
                new AwsAction.RecordReported(new ReportedOutcome(new Release(26, 1), FinalOutcomeKind.Confirmed, Arbitrary.Noon)),
                new AwsAction.RecordAttempts(new Attempts(new Release(26, 1), Arbitrary.Noon, 0, [], "")),
                new AwsAction.RecordReplacement(new Replacement(new Release(26, 1), 1, Arbitrary.Noon)),
                new AwsAction.RecordDownSince(DownSince.NotDown),
            },
            action => Room(action, records));

        static AwsAction.DeleteRecordTags Room(AwsAction action, Records records) =>
            Assert.IsType<AwsAction.DeleteRecordTags>(Pruning.MakeRoom(action, records));
    }

    [Fact]
    public void Any_history_keeps_its_tags_within_the_limit_and_no_pruning_changes_what_is_decided()
    {
        var deletions = 0;
        for (var seed = 1; seed <= Histories; seed++)
        {
            var history = new PruningHistory(seed);
            try
            {
                history.Run(steps: 150);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"Seed {seed}: {failure.Message}", failure);
            }

            deletions += history.Deletions;
        }

        Assert.InRange(deletions, Histories, int.MaxValue);
    }

    [Fact]
    public void Tags_are_deleted_before_versions_and_versions_two_hundred_at_once()
    {
        var pruning = new Pruning(["charlie:confirmed:1.1"], [.. Enumerable.Range(1, 250).Select(number => (long)number)]);
        var first = pruning.Next([]);
        Assert.Equal(["charlie:confirmed:1.1"], Assert.IsType<AwsAction.DeleteRecordTags>(first).Keys);
        var second = Assert.IsType<AwsAction.DeleteVersions>(pruning.Next([Done(first)]));
        Assert.Equal(pruning.Versions.Take(200), second.Numbers);
        var third = Assert.IsType<AwsAction.DeleteVersions>(pruning.Next([Done(first), Done(second)]));
        Assert.Equal(pruning.Versions.Skip(200), third.Numbers);
        Assert.Null(pruning.Next([Done(first), Done(second), Done(third)]));
        Assert.IsType<AwsAction.DeleteVersions>(new Pruning([], [7]).Next([]));
        Assert.True(new Pruning([], []).IsDone);
        Assert.False(new Pruning([], [7]).IsDone);

        static DoneAction Done(AwsAction action) => new(action, Arbitrary.Noon, true);
    }

    /// <summary>Releases 1.1 and up, all confirmed and reported, with versions 2 and up.</summary>
    internal static Records Confirmed(int releases)
    {
        var all = Enumerable.Range(1, releases).Select(i => (Release: new Release(i, 1), At: Arbitrary.Noon.AddHours(i), Version: i + 1L))
            .ToArray();
        return all.Aggregate(
            Records.Read([Arbitrary.Version(1, Release.Base), .. all.Select(one => Arbitrary.Version(one.Version, one.Release))], []),
            (records, one) => records.With(new Confirmation(one.Release, one.Version, one.At))
                .With(new ReportedOutcome(one.Release, FinalOutcomeKind.Confirmed, one.At)));
    }

    private static int Tags(Records records) => records.Confirmations.Length + records.Rejections.Length + records.Reported.Length;

    private static Records Pruned(Records records, Pruning pruning) =>
        records.Without(pruning.TagKeys) with
        {
            Versions = [.. records.Versions.Where(version => !pruning.Versions.Contains(version.Number))],
        };

    private static RunResult? Decide(Release release, Records records) =>
        RefreshPolicy.Next(
            Arbitrary.Push(release, Arbitrary.Noon),
            Arbitrary.Snapshot(records, Group),
            new PolicySettings(false, new Strategy.Replace(), Arbitrary.Rules),
            Arbitrary.Noon) is RefreshStep.Done done
            ? done.Result
            : null;
}
