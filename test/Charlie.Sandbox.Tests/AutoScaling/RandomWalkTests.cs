using Charlie.Sandbox.AutoScaling;
using Charlie.Sandbox.Context;

namespace Charlie.Sandbox.Tests.AutoScaling;

/// <summary>
/// Walks a group at random through everything that can be done to it while the clock moves, then leaves it alone.
/// On the way every instance takes only AWS's ways from state to state, launches from what is pinned at that moment or
/// from what a refresh desires, and no hook holds it past its time; in the end the group is at its desired capacity, no
/// refresh is left, and nothing hangs.
/// </summary>
public sealed class RandomWalkTests
{
    private static readonly Dictionary<string, string[]> Ways = new()
    {
        ["Pending"] = ["Pending:Wait", "InService", "Terminating"],
        ["Pending:Wait"] = ["Pending:Proceed", "Terminating"],
        ["Pending:Proceed"] = ["InService", "Terminating"],
        ["InService"] = ["Terminating"],
        ["Terminating"] = ["Terminating:Wait", "Terminated"],
        ["Terminating:Wait"] = ["Terminating:Proceed"],
        ["Terminating:Proceed"] = ["Terminated"],
    };

    private static readonly string[] Processes = ["Launch", "Terminate", "ReplaceUnhealthy", "HealthCheck"];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whatever_happens_the_states_follow_AWS_and_the_capacity_comes_back(int seed)
    {
        using var walk = new Walk(seed);
        walk.Disturb(steps: 120);
        walk.LeaveAlone();
    }

    [Fact]
    public void The_same_seed_gives_the_same_timeline()
    {
        using var first = new Walk(42);
        using var second = new Walk(42);
        first.Disturb(steps: 60);
        second.Disturb(steps: 60);
        Assert.Equal(first.Timeline(), second.Timeline());
    }

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 25)];

    private sealed class Walk : IDisposable
    {
        private readonly SimulatedCloud cloud;
        private readonly Random random;
        private readonly Dictionary<string, string> states = [];
        private readonly List<string> wrong = [];
        private int versions = 1;
        private string pinned = "1";
        private string? desired;

        public Walk(int seed)
        {
            cloud = new SimulatedCloud(seed);
            random = new Random(seed);
            cloud.Cloud.Timeline.Recorded += Follow;
            cloud.CreateGroup(1,
                [.. SimulatedCloud.Hook(1, "launch", "LAUNCHING", 30), .. SimulatedCloud.Hook(2, "terminate", "TERMINATING", 40)]);
        }

        public void Disturb(int steps)
        {
            for (var step = 0; step < steps; step++)
            {
                Act();
                cloud.Advance(TimeSpan.FromSeconds(random.Next(12)));
                CheckWaits();
                Assert.Empty(wrong);
            }
        }

        public void LeaveAlone()
        {
            cloud.Group("ResumeProcesses");
            cloud.Cloud.Ec2.Instances.Capacity = null;
            cloud.Until(IsQuiet, "quiet at the desired capacity");
            Assert.Empty(wrong);
            Assert.DoesNotContain(states, one => one.Value is not ("InService" or "Terminated"));
            var ended = cloud.Cloud.AutoScaling.Activities.All.Count(activity => activity.IsOver);
            Assert.Equal(cloud.Cloud.AutoScaling.Activities.All.Count, ended);
            Assert.Equal(
                cloud.Cloud.AutoScaling.Activities.All.Count,
                cloud.Events.All.Count(one => one.DetailType.EndsWith("ccessful", StringComparison.Ordinal)));
        }

        public IEnumerable<string> Timeline() => cloud.Cloud.Timeline.From(0).Select(entry => $"{entry.At:O} {entry.Text}");

        public void Dispose() => cloud.Dispose();

        private AutoScalingGroup Group => cloud.Cloud.AutoScaling.Find("charlie")!;

        private bool IsQuiet()
        {
            foreach (var (instance, action) in Group.Instances.SelectMany(
                instance => instance.Actions, (instance, action) => (instance, action)).ToList())
            {
                Complete(action.Hook.Name, ("InstanceId", instance.Id), "CONTINUE");
            }

            return Group.Refresh is null
                && Group.Instances.Count == Group.DesiredCapacity
                && Group.Instances.All(
                    instance => instance is
                    {
                        State: LifecycleState.InService, HealthStatus: GroupInstance.Healthy,
                        Machine.IsAlive: true
                    });
        }

        private void Act()
        {
            var instance = Group.Instances.Count == 0 ? null : Group.Instances[random.Next(Group.Instances.Count)];
            var id = instance?.Id ?? "i-0123456789abcdef0";
            switch (random.Next(15))
            {
                case 0:
                    Attempt("SetDesiredCapacity", ("DesiredCapacity", $"{random.Next(4)}"));
                    break;
                case 1 or 2 or 3:
                    if (instance?.Actions is [var action, ..])
                    {
                        var named = random.Next(2) == 0 ? ("InstanceId", id) : ("LifecycleActionToken", action.Token);
                        Complete(action.Hook.Name, named, random.Next(3) == 0 ? "ABANDON" : "CONTINUE");
                    }

                    break;
                case 4:
                    Attempt("RecordLifecycleActionHeartbeat", ("LifecycleHookName", "launch"), ("InstanceId", id));
                    break;
                case 5:
                    cloud.Attempt("autoscaling", "TerminateInstanceInAutoScalingGroup", ("InstanceId", id),
                        ("ShouldDecrementDesiredCapacity", random.Next(2) == 0 ? "true" : "false"));
                    break;
                case 6:
                    cloud.Attempt("ec2", "TerminateInstances", ("InstanceId.1", id));
                    break;
                case 7:
                    Kill(id);
                    break;
                case 8:
                    cloud.Attempt("autoscaling", "SetInstanceHealth", ("InstanceId", id),
                        ("HealthStatus", random.Next(3) == 0 ? "Healthy" : "Unhealthy"));
                    break;
                case 9:
                    Attempt(random.Next(2) == 0 ? "SuspendProcesses" : "ResumeProcesses",
                        ("ScalingProcesses.member.1", Processes[random.Next(Processes.Length)]));
                    break;
                case 10:
                    Pin();
                    break;
                case 11:
                    cloud.Cloud.Ec2.Instances.Capacity = random.Next(3) == 0 ? random.Next(4) : null;
                    break;
                case 12:
                    StartRefresh();
                    break;
                case 13:
                    Attempt(random.Next(2) == 0 ? "CancelInstanceRefresh" : "RollbackInstanceRefresh");
                    break;
                default:
                    ChangeHooks();
                    break;
            }
        }

        private void ChangeHooks()
        {
            if (random.Next(3) == 0)
            {
                Attempt("DeleteLifecycleHook", ("LifecycleHookName", random.Next(2) == 0 ? "launch" : "terminate"));
            }
            else
            {
                Attempt("PutLifecycleHook", ("LifecycleHookName", "launch"), ("LifecycleTransition", LifecycleHook.Launching),
                    ("HeartbeatTimeout", $"{random.Next(30, 90)}"), ("DefaultResult", random.Next(2) == 0 ? "ABANDON" : "CONTINUE"));
            }
        }

        private void Pin()
        {
            cloud.Call("ec2", "CreateLaunchTemplateVersion", ("LaunchTemplateName", "app"), ("SourceVersion", "1"),
                ("LaunchTemplateData.KeyName", "k"));
            Attempt("UpdateAutoScalingGroup", ("LaunchTemplate.LaunchTemplateName", "app"),
                ("LaunchTemplate.Version", $"{random.Next(++versions) + 1}"));
        }

        private void StartRefresh()
        {
            var min = random.Next(101);
            (string, string)[] towards = random.Next(4) == 0 ? []
                : [("DesiredConfiguration.LaunchTemplate.LaunchTemplateName", "app"),
                ("DesiredConfiguration.LaunchTemplate.Version", $"{random.Next(versions) + 1}"), ("Preferences.AutoRollback", "true")];
            Attempt(
                "StartInstanceRefresh",
                [
                    .. towards, ("Preferences.MinHealthyPercentage", $"{min}"),
                        ("Preferences.MaxHealthyPercentage", $"{100 + random.Next(min + 1)}"),
                    ("Preferences.SkipMatching", random.Next(2) == 0 ? "true" : "false"), ("Preferences.BakeTime", $"{random.Next(60)}"),
                    ("Preferences.InstanceWarmup", $"{random.Next(30)}"), ("Preferences.CheckpointDelay", "20"),
                    ("Preferences.CheckpointPercentages.member.1", $"{random.Next(1, 100)}"),
                        ("Preferences.CheckpointPercentages.member.2", "100"),
                ]);
        }

        private void Kill(string id)
        {
            lock (cloud.Cloud.Gate)
            {
                if (cloud.Cloud.Ec2.Instances.Find(id) is { } machine)
                {
                    cloud.Cloud.Ec2.Instances.Kill(machine);
                }
            }
        }

        private void Complete(string hook, (string, string) named, string result)
        {
            if (Group.Hooks.ContainsKey(hook))
            {
                cloud.Group("CompleteLifecycleAction", ("LifecycleHookName", hook), named, ("LifecycleActionResult", result));
            }
        }

        private void Attempt(string action, params (string, string)[] parameters)
        {
            var (document, error) = cloud.Attempt("autoscaling", action, [("AutoScalingGroupName", "charlie"), .. parameters]);
            Assert.True(error is null or "ValidationError" or "ScalingActivityInProgress" or "InstanceRefreshInProgress"
                or "ActiveInstanceRefreshNotFound" or "IrreversibleInstanceRefresh", document.ToString());
        }

        private void Follow(TimelineEntry entry)
        {
            if (entry.Kind == "LaunchTemplatePinned")
            {
                pinned = entry.Data!["version"];
            }
            else if (entry.Kind == "InstanceRefreshStatusChanged")
            {
                desired = entry.Data!["status"] is "InProgress" or "Baking" ? entry.Data.GetValueOrDefault("version") : null;
            }

            if (entry.Kind != "LifecycleStateChanged")
            {
                return;
            }

            var state = entry.Data!["state"];
            var before = states.GetValueOrDefault(entry.Subject);
            if (before is null ? state != "Pending" : !Ways[before].Contains(state))
            {
                wrong.Add($"{entry.Subject} went from {before} to {state}");
            }

            if (before is null && entry.Data["version"] != (desired ?? pinned))
            {
                wrong.Add($"{entry.Subject} was launched from {entry.Data["version"]} while {pinned} was pinned and {desired} desired");
            }

            states[entry.Subject] = state;
        }

        private void CheckWaits()
        {
            foreach (var action in Group.Instances.SelectMany(instance => instance.Actions))
            {
                Assert.True(cloud.Now <= action.StartedAt + action.Hook.GlobalTimeout + TimeSpan.FromSeconds(1),
                    $"{action.Hook.Name} waits too long");
            }

            foreach (var instance in Group.Instances)
            {
                var waits = instance.State is LifecycleState.PendingWait or LifecycleState.TerminatingWait;
                Assert.Equal(waits, instance.Actions.Count > 0);
            }
        }
    }
}
