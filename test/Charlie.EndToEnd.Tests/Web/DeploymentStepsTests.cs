using System.Net;
using Charlie.Lambdas.Decisions;
using Charlie.Operations.Deployments;
using static Charlie.EndToEnd.Tests.Operating.Examples;

namespace Charlie.EndToEnd.Tests.Web;

/// <summary>The step that follows from a snapshot.</summary>
public sealed class DeploymentStepsTests
{
    private static readonly TimeSpan Bake = Stack().Settings.Policy.Health.BakeTime;

    [Fact]
    public void A_recorded_push_waits_for_the_old_instance_to_stop()
    {
        var pushed = Read(Pushed(Old("InService")));
        Assert.Equal(DeploymentStep.OldStops, Current(pushed).Step);
        Assert.Equal(1, Current(pushed).Count);
        Assert.Equal(DeploymentStep.OldStops, Current(Read(Pushed(Old("Terminating:Wait")))).Step);
    }

    [Fact]
    public void A_group_without_instances_boots_the_first()
    {
        var boots = Current(Read(Pushed()));
        Assert.Equal((DeploymentStep.Boots, 0, 1), (boots.Step, boots.Count, boots.Of));
        Assert.Null(boots.Text);
    }

    [Fact]
    public void A_machine_that_boots_says_its_phase()
    {
        var boots = Current(Read(Probed("Pending:Wait", new ProbeResponse.Preparing(BootPhase.Pull))));
        Assert.Equal((DeploymentStep.Boots, "pull"), (boots.Step, boots.Text));
    }

    [Fact]
    public void A_machine_that_runs_the_app_is_held_at_its_hook_until_it_is_healthy()
    {
        var runs = Read(Probed("Pending:Wait", new ProbeResponse.Unhealthy(TimeSpan.Zero, TimeSpan.Zero, 2, "exited with 1: panic")));
        Assert.Equal(DeploymentStep.AtHook, Current(runs).Step);
        Assert.Equal("exited with 1: panic", runs.Trouble);
        Assert.Equal(DeploymentStep.InService, Current(Read(Probed("Pending:Wait", Healthy()))).Step);
    }

    [Fact]
    public void An_instance_in_service_bakes_from_its_own_record_on()
    {
        var bakes = Current(Read(Probed("InService", Healthy(), inServiceAt: Now)));
        Assert.Equal((DeploymentStep.Bakes, Now + Bake), (bakes.Step, bakes.Until));
    }

    /// <summary>On an account no machine is probed from here.</summary>
    [Fact]
    public void An_instance_in_service_that_is_not_probed_counts_as_healthy() =>
        Assert.Equal(
            DeploymentStep.Bakes,
            Current(Read(Pushed(new GroupInstance("i-3", "InService", 4)))).Step);

    [Fact]
    public void An_instance_with_another_image_is_not_healthy() =>
        Assert.Equal(
            DeploymentStep.AtHook,
            Current(Read(Probed("Pending:Wait", new ProbeResponse.Healthy("another@sha256:0", TimeSpan.Zero)))).Step);

    [Fact]
    public void Exactly_one_step_is_current_and_what_follows_is_ahead()
    {
        var steps = Read(Probed("Pending:Wait", new ProbeResponse.Preparing(BootPhase.Boot))).Steps;
        Assert.Equal(
            Enum.GetValues<DeploymentStep>().Except([DeploymentStep.Held, DeploymentStep.Prepared]), steps.Select(step => step.Step));
        var current = steps.ToList().FindIndex(step => step.State == StepState.Current);
        Assert.All(steps.Take(current), step => Assert.Equal(StepState.Done, step.State));
        Assert.All(steps.Skip(current + 1), step => Assert.Equal(StepState.Ahead, step.State));
    }

    [Fact]
    public void With_Rolling_the_old_ones_stop_while_the_new_ones_go_in_service()
    {
        var rolling = Stack(("CHARLIE_STRATEGY", "Rolling"), ("CHARLIE_SINGLETON", "false")).Settings.Policy;
        var steps = DeploymentSteps.Of(Pushed(Old("InService")), rolling)!.Steps.Select(step => step.Step).ToList();
        Assert.True(steps.IndexOf(DeploymentStep.OldStops) > steps.IndexOf(DeploymentStep.InService));
        Assert.Equal(DeploymentStep.Boots, Current(DeploymentSteps.Of(Pushed(Old("InService")), rolling)!).Step);
    }

    [Fact]
    public void With_Handover_the_new_machine_prepares_before_the_old_one_stops()
    {
        var policy = Stack(("CHARLIE_STRATEGY", "Handover")).Settings.Policy;
        var (boots, prepared) = (
            new ProbeResponse.Preparing(BootPhase.Pull), new ProbeResponse.Preparing(BootPhase.Lock, Version(4, Third).Image));
        Assert.Equal(DeploymentStep.Prepared, Now(Pushed(Old("InService"))).Step);
        Assert.Equal("pull", Now(With(boots)).Text);
        Assert.Equal(DeploymentStep.Prepared, Now(With(boots)).Step);
        Assert.Equal(DeploymentStep.OldStops, Now(With(prepared)).Step);

        StepDocument Now(Snapshot snapshot) => Current(DeploymentSteps.Of(snapshot, policy)!);

        Snapshot With(ProbeResponse response)
        {
            var probed = Probed("Pending:Wait", response);
            return probed.With(
                probed.Records,
                probed.Group with { DesiredCapacity = 2, Instances = [.. probed.Group.Instances, Old("InService")] });
        }
    }

    [Fact]
    public void Without_a_push_under_way_the_last_outcome_is_shown()
    {
        var last = Read(Confirmed());
        Assert.True(last.IsOver);
        Assert.Equal(Second.ToString(), last.Release);
        Assert.All(last.Steps, step => Assert.Equal(StepState.Done, step.State));
        Assert.Equal(Now.AddHours(-1), last.Steps[^1].At);
    }

    [Fact]
    public void A_rejected_release_ends_with_its_reason()
    {
        var rejected = Read(Pushed().With(records =>
            records.With(RejectionOf(Third, Second, RejectedBy.Charlie, "app: exited with 1: panic"))));
        Assert.Equal(Third.ToString(), rejected.Release);
        Assert.Equal([DeploymentStep.Pushed, DeploymentStep.Recorded, DeploymentStep.Ends], rejected.Steps.Select(step => step.Step));
        Assert.Equal((StepState.Failed, "app: exited with 1: panic"), (rejected.Steps[^1].State, rejected.Steps[^1].Text));
    }

    [Fact]
    public void A_release_that_a_hold_keeps_back_says_why_and_until_when()
    {
        var until = Now.AddHours(5);
        var held = Read(Pushed().With(records =>
            records.With(new Hold(Holder.Operator, Second, Now.AddMinutes(-5), until, "market is open"))));
        var step = Current(held);
        Assert.Equal(Third.ToString(), held.Release);
        Assert.Equal((DeploymentStep.Held, "market is open", until), (step.Step, step.Text, step.Until));
    }

    private static DeploymentDocument Read(Snapshot snapshot) => DeploymentSteps.Of(snapshot, Stack().Settings.Policy)!;

    private static StepDocument Current(DeploymentDocument document) =>
        document.Steps.Single(step => step.State == StepState.Current);

    private static GroupInstance Old(string state) => new("i-1", state, 3);

    private static ProbeResponse.Healthy Healthy() => new(Version(4, Third).Image!, TimeSpan.FromSeconds(2));

    private static Snapshot Pushed(params GroupInstance[] instances) => Confirmed()
        .With(records => records with { Versions = [.. records.Versions, Version(4, Third)] })
        .WithGroup(group => group with { Instances = [.. instances] });

    private static Snapshot Probed(string state, ProbeResponse response, DateTimeOffset? inServiceAt = null)
    {
        var snapshot = Pushed(new GroupInstance("i-3", state, 4));
        return (snapshot with
        {
            Details = snapshot.Details.SetItem("i-3", new InstanceDetails("i-3", IPAddress.Loopback, Now.AddMinutes(-1), inServiceAt)),
        }).After([new ProbeResult("i-3", response, Now)]);
    }
}
