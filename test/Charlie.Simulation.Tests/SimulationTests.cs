using System.Reflection;
using System.Text.Json.Nodes;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Reports;
using Charlie.Sandbox.Template;
using Charlie.Simulation.Checks;
using Charlie.Simulation.Plans;
using Charlie.Simulation.Seeds;

namespace Charlie.Simulation.Tests;

public sealed class SimulationTests
{
    private static readonly string[] States =
    [
        "Lifecycle beside Lifecycle", "Lifecycle beside Refresh", "Refresh beside Lifecycle", "Refresh beside Refresh",
        "instance Pending", "instance Pending:Wait", "instance Pending:Proceed",
        "instance InService", "instance Terminating", "instance Terminated",
        "instance refresh InProgress", "instance refresh Cancelled", "instance refresh Successful",
        "instance refresh RollbackInProgress", "instance refresh RollbackSuccessful",
        "a release confirmed after the first", "a confirmed release rejected", "a release with two versions",
        "several rejections", "record tags pruned", "a machine that was lost",
        "a duplicate of a recorded push", "a push that came too late",
        "a fallback of the same pipeline", "a fallback that an operator went back to", "a confirmation overruled",
        "rejected by Charlie", "rejected by an operator", "rejected by the group",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(21)]
    public void The_same_seed_gives_the_same_trace(int seed) => Assert.Equal(Runs.Run(seed).Hash, Runs.Run(seed).Hash);

    [Fact]
    public void Another_seed_gives_another_trace() => Assert.NotEqual(Runs.Run(1).Hash, Runs.Run(2).Hash);

    [Fact]
    public void The_first_seeds_pass_all_checks()
    {
        var tally = Runs.Run(new SeedRange(1, 30));

        Assert.Empty(tally.Failed.Values.Select(failed => $"charlie simulate --seeds {failed.Plan.Seed}: {failed.Violation!.What}"));
        Assert.Equal(30, tally.Runs);
        Assert.Superset(new HashSet<string>([nameof(Outcome.Confirmed), nameof(Outcome.RolledBack)]), tally.Outcomes.Keys.ToHashSet());
    }

    [LongFact]
    public void All_seeds_pass_all_checks_and_reach_every_state()
    {
        var tally = Runs.Run(new SeedRange(1, 300));
        // Seldom is the group's own rollback first with a rejection, a base made in the middle of a push, or a confirmation after a
        // rejection: here they are.
        Tally[] rare = [Runs.Run(new SeedRange(441, 455)), Runs.Run(new SeedRange(681, 700)), Runs.Run(new SeedRange(981, 1000))];

        Assert.Empty(rare.Append(tally).SelectMany(some => some.Failed.Values)
            .Select(failed => $"charlie simulate --seeds {failed.Plan.Seed}: {failed.Violation!.What}"));
        // A base is old after 30 days, and no run is that long: OldBaseDetectorTests.
        Assert.Empty(Enum.GetNames<Outcome>().Except(tally.Outcomes.Keys).Except([nameof(Outcome.OldBase)]));
        Assert.Empty(Enum.GetNames<CallFault>().Except(tally.Faults.Keys));
        Assert.Empty(Enum.GetNames<EventFault>().Select(fault => $"Event{fault}").Except(tally.Faults.Keys));
        // What a decision without an action comes to is an outcome of its own.
        var actions = typeof(AwsAction).GetNestedTypes(BindingFlags.NonPublic).Select(action => action.Name);
        Assert.Empty(actions.Except(tally.Actions.Keys));
        Assert.Empty(States.Except(rare.Append(tally).SelectMany(some => some.States.Keys)));
        Assert.Equal(Allowed("Lifecycle").Concat(Allowed("Notify")).Concat(Allowed("Refresh")), tally.FunctionCalls.Keys);
    }

    // Not calls: what Auto Scaling checks of whoever pins a version, and what Lambda and SNS do in the function's name.
    private static readonly string[] Implied =
        ["ec2:RunInstances", "iam:PassRole", "events:PutEvents", "logs:CreateLogStream", "logs:PutLogEvents", "sqs:SendMessage",
        "kms:Decrypt", "kms:GenerateDataKey"];

    /// <summary>What a function's role in serverless.template allows it to call, none of it missing and none to spare.</summary>
    private static IEnumerable<string> Allowed(string function)
    {
        var template = TemplateText.Parse(Runs.Template);
        return template["Resources"]![$"{function}Role"]!["Properties"]!["Policies"]!.AsArray()
            .SelectMany(policy => policy!["PolicyDocument"]!["Statement"]!.AsArray())
            .Select(statement => statement!["Fn::If"] is JsonArray choice ? choice[1]! : statement!)
            .Where(statement => (string?)statement["Effect"] == "Allow")
            .SelectMany(statement => statement["Action"] is JsonArray many
                ? many.Select(action => (string)action!) : [(string)statement["Action"]!])
            .Distinct().Except(Implied).Order(StringComparer.Ordinal)
            .Select(action => $"{function} {action}");
    }

    [Theory]
    [InlineData("7", 7, 7)]
    [InlineData("1..1000", 1, 1000)]
    public void A_range_is_read(string text, int first, int last) => Assert.Equal(new SeedRange(first, last), SeedRange.Read(text));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("9..1")]
    [InlineData("1..")]
    [InlineData("1..2..3")]
    [InlineData("2147483647")]
    public void Any_other_text_is_no_range(string text) => Assert.Null(SeedRange.Read(text));
}
