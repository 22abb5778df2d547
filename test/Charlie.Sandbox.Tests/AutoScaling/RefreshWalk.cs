using System.Globalization;
using Charlie.Sandbox.AutoScaling;

namespace Charlie.Sandbox.Tests.AutoScaling;

/// <summary>A group in service on version 1, a version 2 for it, and whoever lets instances through the launch hook.</summary>
internal sealed class RefreshWalk : IDisposable
{
    private readonly Random random;
    private bool letsThrough;

    /// <param name="seed">Of the cloud's ids, and of who is let through when.</param>
    /// <param name="desired">The desired capacity.</param>
    /// <param name="more">Further parameters of the group; a launch hook lets through only the first instances.</param>
    public RefreshWalk(int seed, int desired, params (string, string)[] more)
    {
        random = new Random(seed);
        letsThrough = true;
        Cloud = new SimulatedCloud(seed);
        Cloud.CreateGroup(desired, more);
        Cloud.Call("ec2", "CreateLaunchTemplateVersion", ("LaunchTemplateName", "app"), ("SourceVersion", "1"),
            ("LaunchTemplateData.KeyName", "k"));
        Until(() => InService == desired, "in service");
        letsThrough = false;
    }

    /// <summary>A group with a launch hook and a caller that lets everything through in the end.</summary>
    public static RefreshWalk LettingThrough(int seed, int desired) =>
        new(seed, desired, SimulatedCloud.Hook(1, "launch", "LAUNCHING", 600)) { letsThrough = true };

    public SimulatedCloud Cloud { get; }

    public AutoScalingGroup Group => Cloud.Cloud.AutoScaling.Find("charlie")!;

    public int InService => Group.Instances.Count(instance => instance.State == LifecycleState.InService);

    public int Live => Group.Instances.Count(instance => LifecycleStates.Counts(instance.State));

    /// <summary>Whether exactly the desired capacity is there, all in service from one version.</summary>
    public bool IsAllOf(int version) => Group.Instances.Count == Group.DesiredCapacity
        && Group.Instances.All(instance => instance.State == LifecycleState.InService && instance.Machine.Version.Number == version);

    public int CountOf(int version) =>
        Group.Instances.Count(instance => instance.State == LifecycleState.InService && instance.Machine.Version.Number == version);

    /// <summary>Starts a refresh towards version 2.</summary>
    public GroupInstanceRefresh Start(params (string Name, object Value)[] preferences)
    {
        var more = preferences.Select(one => ($"Preferences.{one.Name}", Convert.ToString(one.Value, CultureInfo.InvariantCulture)!));
        var response = Cloud.Group(
            "StartInstanceRefresh",
            [("DesiredConfiguration.LaunchTemplate.LaunchTemplateName", "app"),
            ("DesiredConfiguration.LaunchTemplate.Version", "2"), .. more]);
        return Group.Refreshes.Single(refresh => refresh.Id == response.Descendants("InstanceRefreshId").Single().Value);
    }

    public void Until(Func<bool> condition, string what, Action? check = null) => Cloud.Until(
        () =>
        {
            LetThrough();
            check?.Invoke();
            return condition();
        },
        what);

    public void Advance(TimeSpan span, Action? check = null)
    {
        for (var end = Cloud.Now + span; Cloud.Now < end;)
        {
            Cloud.Advance(TimeSpan.FromSeconds(1));
            LetThrough();
            check?.Invoke();
        }
    }

    public void Dispose() => Cloud.Dispose();

    private void LetThrough()
    {
        if (letsThrough && Group.Instances.FirstOrDefault(instance => instance.Actions.Count > 0) is { } held && random.Next(3) == 0)
        {
            Cloud.Group("CompleteLifecycleAction", ("LifecycleHookName", "launch"), ("InstanceId", held.Id),
                ("LifecycleActionResult", "CONTINUE"));
        }
    }
}
