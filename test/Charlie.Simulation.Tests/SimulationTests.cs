using System.Reflection;
using System.Text.Json.Nodes;
using Charlie.Cli.Simulation;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Events;

namespace Charlie.Simulation.Tests;

public sealed class SimulationTests
{
    private static readonly string[] States =
    [
        "Lifecycle beside Lifecycle", "Lifecycle beside Refresh", "Refresh beside Lifecycle", "Refresh beside Refresh",
        "instance Pending", "instance Pending:Wait", "instance Pending:Proceed", "instance InService", "instance Terminating", "instance Terminated",
        "instance refresh InProgress", "instance refresh Cancelled", "instance refresh Successful",
        "instance refresh RollbackInProgress", "instance refresh RollbackSuccessful",
        "a release confirmed after the first", "a confirmed release rejected", "a release with two versions", "several floors", "marks pruned",
        "rejected by Charlie", "rejected by a person", "rejected by the group",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(21)]
    public void The_same_seed_gives_the_same_run_to_the_byte(int seed) => Assert.Equal(Runs.Play(seed).Hash, Runs.Play(seed).Hash);

    [Fact]
    public void Another_seed_gives_another_run() => Assert.NotEqual(Runs.Play(1).Hash, Runs.Play(2).Hash);

    [Fact]
    public void No_promise_is_broken_and_everything_is_reached()
    {
        var tally = Runs.Play(new SeedRange(1, 300));
        // The group's own rollback is seldom first with a rejection: here it is.
        var rare = Runs.Play(new SeedRange(701, 725));

        Assert.Empty(tally.Failed.Values.Concat(rare.Failed.Values).Select(failed => $"charlie simulate --seeds {failed.Plan.Seed}: {failed.Violation!.What}"));
        Assert.Empty(Enum.GetNames<Outcome>().Except(tally.Outcomes.Keys));
        Assert.Empty(Enum.GetNames<CallFault>().Except(tally.Faults.Keys));
        Assert.Empty(Enum.GetNames<EventFault>().Select(fault => $"Event{fault}").Except(tally.Faults.Keys));
        // The quiet decisions do nothing that could be seen; Reject, LeaveStale and Converge are outcomes of their own.
        var acting = typeof(LifecycleDecision).GetNestedTypes(BindingFlags.NonPublic)
            .Select(decision => decision.Name)
            .Except([nameof(LifecycleDecision.Wait), nameof(LifecycleDecision.NothingToDo)])
            .Concat([nameof(RefreshDecision.CreateVersion), nameof(RefreshDecision.RaiseFloor), "Prune", "Pin", "Terminate"])
            .Concat(typeof(RefreshStep).GetNestedTypes(BindingFlags.NonPublic).Select(step => $"{step.Name}Refresh"));
        Assert.Empty(acting.Except(tally.Decisions.Keys));
        Assert.Empty(States.Except(tally.States.Keys).Except(rare.States.Keys));
        Assert.Equal(Allowed("Lifecycle").Concat(Allowed("Refresh")), tally.Actions.Keys);
    }

    // Not calls: what Auto Scaling checks of whoever pins a version, and what Lambda itself does in the function's name.
    private static readonly string[] Implied = ["ec2:RunInstances", "iam:PassRole", "events:PutEvents", "logs:CreateLogStream", "logs:PutLogEvents", "sqs:SendMessage"];

    /// <summary>What a function's role in serverless.template allows it to call, none of it missing and none to spare.</summary>
    private static IEnumerable<string> Allowed(string function)
    {
        var template = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "serverless.template")))!;
        return template["Resources"]![$"{function}Role"]!["Properties"]!["Policies"]!.AsArray()
            .SelectMany(policy => policy!["PolicyDocument"]!["Statement"]!.AsArray())
            .Select(statement => statement!["Fn::If"] is JsonArray choice ? choice[1]! : statement!)
            .Where(statement => (string?)statement["Effect"] == "Allow")
            .SelectMany(statement => statement["Action"] is JsonArray many ? many.Select(action => (string)action!) : [(string)statement["Action"]!])
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
    public void A_bad_range_is_refused(string text) => Assert.Null(SeedRange.Read(text));
}
