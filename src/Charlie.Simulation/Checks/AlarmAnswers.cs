using System.Globalization;
using Charlie.Lambdas.Reports;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Oracles;

namespace Charlie.Simulation.Checks;

/// <summary>An alarm that fires while the desired release bakes is not left alone.</summary>
internal sealed class AlarmAnswers(SimulatedEnvironment environment, Oracle oracle, DesiredReleaseHistory desired, Action<string> fail)
{
    // What a run reads may be as old as that.
    private static readonly TimeSpan ReadLag = TimeSpan.FromSeconds(20);

    public void Answered(FollowedEvent alarm)
    {
        var release = desired.Release;
        if (alarm.Outcome == Outcome.NothingToDo
            && desired.IsSettled(environment.Time.GetUtcNow())
            && !oracle.Requests.IsStopped
            && oracle.ConfirmedAt(release) is null
            && oracle.HasFallback(release)
            && Baking(release, alarm.At - ReadLag) is { } id)
        {
            fail($"an alarm fired while {id} of release {release} baked, and nothing was done: {alarm}");
        }
    }

    private string? Baking(string release, DateTimeOffset since) => environment.Group.Instances.FirstOrDefault(instance =>
        instance.State == Charlie.Sandbox.AutoScaling.LifecycleState.InService
        && Oracle.ReleaseOf(instance.Machine.Version) == release
        && instance.Machine.Tags.All.FirstOrDefault(tag => tag.Key == "charlie:in-service-at").Value is { } entered
        && DateTimeOffset.Parse(entered, CultureInfo.InvariantCulture) <= since)?.Id;
}
