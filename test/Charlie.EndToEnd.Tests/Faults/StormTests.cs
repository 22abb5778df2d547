using System.Globalization;
using Charlie.EndToEnd.Tests.Fixture;
using Charlie.Sandbox.AutoScaling;
using Charlie.Sandbox.Context;
using Charlie.Sandbox.Wire;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Images;
using Charlie.Simulation.Production;

namespace Charlie.EndToEnd.Tests.Faults;

/// <summary>Everything at once, drawn from a seed.</summary>
public sealed class StormTests
{
    private const int Rounds = 4;
    private const int Releases = 3;

    private static readonly TimeProvider Time = TimeProvider.System;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ScheduleMinute = TimeSpan.FromSeconds(3);

    [LongFact]
    public async Task Storm_of_pushes_and_faults_ends_with_the_newest_good_release()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var random = new Random(TestSeed.Value);
        await using var aws = await QuickAws.StartAsync(ScheduleMinute, cancellation);
        using var door = new EventDoor(aws.Endpoint);
        for (var round = 0; round < Rounds; round++)
        {
            var history = History.Begin(aws);
            var pushes = Draw(random, round);
            foreach (var bad in pushes.Where(push => !push.IsGood))
            {
                aws.SetBehaviour(bad.Image,
                    new ImageBehaviour(BehaviourKind.Exits, TimeSpan.FromMilliseconds(200), TimeSpan.Zero, "no account"));
            }

            var faults = DrawFaults(random);
            faults.ForEach(aws.Cloud.Faults.Arm);
            var order = pushes.Concat(pushes).ToArray();
            random.Shuffle(order);
            foreach (var push in order)
            {
                var detail = Pipeline.Detail(push.Image, push.PipelineId, push.JobId).ToJsonString();
                var (_, refusal) = await door.PutAsync(EventDoor.Entry("charlie.ci", "Image Pushed", detail), cancellation);
                Assert.Null(refusal);
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(600)), Time, cancellation);
            }

            var violations = await UntilOverAsync(aws, pushes, cancellation);
            aws.Cloud.Faults.Clear();
            var bads = pushes.Where(push => !push.IsGood).Select(push => push.Release).ToHashSet();
            violations = [.. violations, .. history.Served(bads.Contains).Violations];
            Assert.True(
                violations.Count == 0,
                $"{TestSeed.Shown}, round {round}: {string.Join("; ", violations)}\n"
                + $"faults: {string.Join(", ", faults)}\norder: {string.Join(", ", order)}\n"
                + history.Tell());
        }
    }

    private static List<Push> Draw(Random random, int round) =>
        [.. Enumerable.Range(1, Releases).Select(index => new Push(
            1 + random.Next(1000), 1000 + (round * Releases) + index, new BotImage($"{round}.{index}"), index == Releases
                || random.Next(2) == 0))];

    private static List<Fault> DrawFaults(Random random) =>
    [
        new(FaultAction.DropEvent, DetailType: "EC2 Instance-launch Lifecycle Action", Times: 1 + random.Next(2)),
        .. ((string[])["Refresh", "Lifecycle"]).Select(function =>
            new Fault(FaultAction.Kill, function, 1 + random.Next(24), random.Next(2) == 0 ? FaultMoment.Before : FaultMoment.After)),
        new(FaultAction.Throttle, "Refresh", 1 + random.Next(24)),
        new(FaultAction.Error500, "Lifecycle", 1 + random.Next(24), FaultMoment.After),
    ];

    private static async Task<IReadOnlyList<string>> UntilOverAsync(LocalAws aws, List<Push> pushes, CancellationToken cancellation)
    {
        var since = Time.GetUtcNow();
        while (true)
        {
            var seen = CloudView.Of(aws);
            var violations = ViolationsOf(seen, pushes).ToList();
            if ((violations.Count == 0 && seen.Unfinished == 0) || Time.GetUtcNow() - since > Timeout)
            {
                return violations;
            }

            await Task.Delay(PollInterval, Time, cancellation);
        }
    }

    private static IEnumerable<string> ViolationsOf(CloudView seen, List<Push> pushes)
    {
        var newest = pushes[^1].Release;
        if (seen.Members is not [{ State: LifecycleState.InService, Actions: 0 } only] || only.Release != newest || seen.Alive != 1)
        {
            yield return $"not exactly one instance, of release {newest}, is in service";
        }

        if (seen.VersionsOf(newest) is not [var version] || !seen.IsPinned(version))
        {
            yield return $"version {seen.Pin} is pinned and not the one of release {newest}";
        }

        foreach (var push in pushes)
        {
            if (seen.VersionsOf(push.Release).Length > 1)
            {
                yield return $"release {push.Release} has several versions";
            }

            var isConfirmed = seen.RecordTags.ContainsKey($"charlie:confirmed:{push.Release}");
            if (push.Release == newest ? !isConfirmed : isConfirmed && !push.IsGood)
            {
                yield return $"release {push.Release} is {(isConfirmed ? "" : "not ")}confirmed";
            }

            if (push.IsGood
                && seen.RecordTags.Keys.Any(key => key.StartsWith($"charlie:rejected:{push.Release}:", StringComparison.Ordinal)))
            {
                yield return $"the good release {push.Release} was rejected";
            }
        }
    }

    private sealed record Push(long PipelineId, long JobId, BotImage Image, bool IsGood)
    {
        public string Release => $"{PipelineId}.{JobId}";
    }
}
