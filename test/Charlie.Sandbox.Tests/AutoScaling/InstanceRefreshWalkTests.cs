using Charlie.Sandbox.AutoScaling;

namespace Charlie.Sandbox.Tests.AutoScaling;

/// <summary>
/// Refreshes of groups of every small size with drawn percentages, warm-ups and hooks. Whatever becomes of one, the
/// group keeps within the percentages on the way, and in the end it is whole.
/// </summary>
public sealed class InstanceRefreshWalkTests
{
    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_refresh_replaces_all_within_its_percentages(int seed)
    {
        using var drawn = new Drawn(seed);
        var refresh = drawn.Start();
        drawn.Walk.Until(() => !refresh.IsActive, "ended", drawn.Check);

        Assert.Equal((InstanceRefreshStatus.Successful, 100, 0), (refresh.Status, refresh.PercentageComplete, refresh.InstancesToUpdate));
        Assert.Equal("2", drawn.Walk.Group.LaunchTemplate.Version);
        drawn.Walk.Until(() => drawn.Walk.IsAllOf(2), "all of version 2", drawn.Check);
        Assert.Equal(["Started", "Succeeded"], drawn.Events());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_rollback_at_any_moment_brings_every_instance_back(int seed)
    {
        using var drawn = new Drawn(seed);
        var refresh = drawn.Start();
        drawn.SomeTime();
        if (refresh.IsActive)
        {
            var percentage = refresh.PercentageComplete;
            drawn.Walk.Cloud.Group("RollbackInstanceRefresh");
            Assert.Equal(percentage, refresh.Rollback!.PercentageComplete);
            drawn.Walk.Until(() => !refresh.IsActive, "rolled back", () =>
            {
                drawn.Check();
                Assert.True(refresh.PercentageComplete <= percentage);
            });
            Assert.Equal((InstanceRefreshStatus.RollbackSuccessful, 0), (refresh.Status, refresh.PercentageComplete));
            Assert.Equal(["Started", "Rollback Started", "Rollback Succeeded"], drawn.Events());
            Assert.Equal("1", drawn.Walk.Group.LaunchTemplate.Version);
            drawn.Walk.Until(() => drawn.Walk.IsAllOf(1), "all of version 1", drawn.Check);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_refresh_cancelled_at_any_moment_leaves_the_group_at_its_desired_capacity(int seed)
    {
        using var drawn = new Drawn(seed);
        var refresh = drawn.Start();
        drawn.SomeTime();
        if (refresh.IsActive)
        {
            drawn.Walk.Cloud.Group("CancelInstanceRefresh");
            drawn.Walk.Until(() => !refresh.IsActive, "cancelled", drawn.Check);
            Assert.Equal(InstanceRefreshStatus.Cancelled, refresh.Status);
            Assert.Equal("Cancelled", drawn.Events()[^1]);
            Assert.Equal("1", drawn.Walk.Group.LaunchTemplate.Version);
            var updated = drawn.Walk.CountOf(2);
            drawn.Walk.Until(() =>
                drawn.Walk.Group.Instances.Count == drawn.Desired && drawn.Walk.InService == drawn.Desired, "whole again", drawn.Check);
            drawn.Walk.Advance(TimeSpan.FromMinutes(2), drawn.Check);
            Assert.Equal(updated, drawn.Walk.CountOf(2));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_desired_capacity_that_changes_on_the_way_is_kept_to(int seed)
    {
        using var drawn = new Drawn(seed);
        var refresh = drawn.Start();
        drawn.SomeTime();
        var changed = drawn.Random.Next(drawn.Desired + 1);
        drawn.Walk.Cloud.Group("SetDesiredCapacity", ("DesiredCapacity", $"{changed}"));
        drawn.Walk.Until(() => !refresh.IsActive, "ended");
        Assert.Equal(InstanceRefreshStatus.Successful, refresh.Status);
        drawn.Walk.Until(() => drawn.Walk.IsAllOf(2) && drawn.Walk.InService == changed, "all of version 2");
    }

    private sealed class Drawn : IDisposable
    {
        private readonly int min;
        private readonly int max;
        private readonly int warmup;

        public Drawn(int seed)
        {
            Random = new Random(seed);
            Desired = Random.Next(1, 21);
            var minimum = Random.Next(11) * 10;
            var maximum = 100 + Random.Next(Math.Min(minimum, 100) + 1);
            warmup = Random.Next(3) * 20;
            Preferences = [("MinHealthyPercentage", minimum), ("MaxHealthyPercentage", maximum), ("InstanceWarmup", warmup)];
            min = (int)Math.Ceiling(Desired * minimum / 100m);
            max = (int)Math.Floor(Desired * maximum / 100m);
            if (min == Desired && max == Desired)
            {
                // One at a time where the percentages leave no room: at 100 percent one more, otherwise one less.
                (min, max) = minimum == 100 ? (min, max + 1) : (min - 1, max);
            }

            Walk = Random.Next(2) == 0 ? RefreshWalk.LettingThrough(seed, Desired) : new RefreshWalk(seed, Desired);
        }

        public Random Random { get; }

        public int Desired { get; }

        public RefreshWalk Walk { get; }

        private (string, object)[] Preferences { get; }

        public GroupInstanceRefresh Start() => Walk.Start(Preferences);

        /// <summary>At least until the refresh is in progress.</summary>
        public void SomeTime() => Walk.Advance(TimeSpan.FromSeconds(6 + Random.Next(100)), Check);

        public void Check()
        {
            Assert.True(Walk.InService >= min, $"{Walk.InService} of {Desired} in service, {min} at least");
            Assert.True(Walk.Live <= max, $"{Walk.Live} of {Desired} live, {max} at most");
        }

        public List<string> Events() => [.. Walk.Cloud.Events.All
            .Where(one => one.DetailType.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(one => one.DetailType[Prefix.Length..])];

        public void Dispose() => Walk.Dispose();

        private const string Prefix = "EC2 Auto Scaling Instance Refresh ";
    }
}
