using Charlie.Lambdas.Decisions;
using CsCheck;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>Converge over any records and groups.</summary>
public sealed class ConvergenceTests
{
    private static readonly string[] States =
        ["Pending", "Pending:Wait", "Pending:Proceed", "InService", "Terminating", "Terminating:Wait", "Standby"];

    private static readonly Gen<Group> Groups =
        Gen.Select(
            Gen.Long[1, 9].Nullable(),
            Gen.Select(
                Gen.Int[0, States.Length - 1].Select(index => States[index]),
                Gen.Long[1, 9].Nullable()).Array[0, 4])
        .Select((pin, instances) => new Group(
            "charlie", 1, pin, [.. instances.Select((instance, index) => new GroupInstance($"i-{index}", instance.Item1, instance.Item2))]));

    [Fact]
    public void It_pins_the_target_and_replaces_only_what_serves_another_release_while_nothing_is_on_its_way() =>
        Gen.Select(Arbitrary.Records, Groups).Sample((records, group) =>
        {
            var target = Target.Of(records);
            var plan = Convergence.Towards(target, records, group);
            if (target.Version is null)
            {
                Assert.True(plan.IsDone);
                return;
            }

            Assert.Equal(target.Version.Number, plan.Pin?.Number ?? group.Pin);
            var onItsWay = group.Instances.Any(instance => instance.LifecycleState.StartsWith("Pending", StringComparison.Ordinal));
            Assert.All(group.Instances, instance =>
            {
                var release = records.Versions.SingleOrDefault(version => version.Number == instance.Version)?.Release;
                var wrong = instance.LifecycleState == "InService" && release is not null && release != target.Release;
                Assert.Equal(wrong && !onItsWay, plan.Replace.Contains(instance.Id));
            });
        });

    [Fact]
    public void Done_once_it_is_done() =>
        Gen.Select(Arbitrary.Records, Groups).Sample((records, group) =>
        {
            var target = Target.Of(records);
            var plan = Convergence.Towards(target, records, group);
            var after = group with
            {
                Pin = plan.Pin?.Number ?? group.Pin,
                Instances = [.. group.Instances.Where(instance => !plan.Replace.Contains(instance.Id))],
            };
            Assert.True(Convergence.Towards(target, records, after).IsDone);
        });
}
