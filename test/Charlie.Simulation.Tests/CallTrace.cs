using System.Collections.Immutable;
using Charlie.Lambdas.Reports;
using Charlie.Sandbox.Template;
using Charlie.Sandbox.Wire;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Images;
using Charlie.Simulation.Plans;
using Charlie.Simulation.Production;

namespace Charlie.Simulation.Tests;

/// <summary>One run of a function, from its beginning to its report, in a environment in which nothing goes wrong.</summary>
/// <param name="Made">Its calls to AWS, in the order of its responses.</param>
/// <param name="RoundTrips">How often it waited for AWS: calls that went out together count once.</param>
internal sealed record CallTrace(ImmutableArray<ApiCall> Made, int RoundTrips, DeploymentReport Report)
{
    // Long beside all that a run waits for by itself, so that the time it took counts its waits for AWS; below a call's time limit.
    private static readonly TimeSpan EachCall = TimeSpan.FromSeconds(9);

    private static readonly BotImage Pushed = new("pushed");

    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(10);

    // No sweep comes between.
    private static readonly string Template = Runs.Template.Replace("rate(1 minute)", "rate(20 hours)", StringComparison.Ordinal);

    public static void Push(SimulatedEnvironment environment) =>
        environment.Put("charlie.ci", "Image Pushed", PushDetail.Of(Pushed.Name, 1001, 1));

    public static void PushAndPushAgain(SimulatedEnvironment environment)
    {
        Push(environment);
        environment.Time.RunUntil(environment.Time.GetUtcNow() + TimeSpan.FromMinutes(30));
        Push(environment);
    }

    /// <summary>The calls of one round in a fixed order: AWS does not promise which of them it responds to first.</summary>
    public IEnumerable<string> Calls => Ordered(Made.Select(call => call.Action));

    /// <param name="behaviour">What the pushed image does.</param>
    /// <param name="begin">What sets the functions going.</param>
    /// <param name="slow">Whether each call takes nine seconds.</param>
    /// <param name="isIt">Which report ends the run that is recorded.</param>
    public static CallTrace Record(ImageBehaviour behaviour, Action<SimulatedEnvironment> begin, bool slow, Func<DeploymentReport,
        bool> isIt)
    {
        CallTrace? trace = null;
        // xUnit's synchronization context has no place in a simulation.
        var thread = new Thread(() => trace = RecordAlone(behaviour, begin, slow, isIt));
        thread.Start();
        thread.Join();
        return trace ?? throw new InvalidOperationException("No run of the function came to that report.");
    }

    public DateTimeOffset AtOf(string action) => Made.Single(call => call.Action == action).At;

    private static CallTrace? RecordAlone(ImageBehaviour behaviour, Action<SimulatedEnvironment> begin, bool slow, Func<DeploymentReport,
        bool> isIt)
    {
        using var environment =
            new SimulatedEnvironment(
            new Plan(1, GroupShape.Singleton, 0, behaviour, Settled, []),
            TemplateDocument.Parse(Template),
            Plan.FirstImage.Name,
            new RunRecord(),
            Tier.Wire);
        lock (environment.Cloud.Gate)
        {
            environment.Images.Set(Pushed.Digest, behaviour);
        }

        environment.Time.RunUntil(SimulatedEnvironment.Start + Settled);
        var begun = new Dictionary<FunctionRun, (int Call, DateTimeOffset At)>();
        CallTrace? trace = null;
        environment.Host.Began += (run, _) => begun[run] = (environment.Cloud.Endpoint.Calls.Count, environment.Time.GetUtcNow());
        environment.Host.Reported += (run, report) =>
        {
            if (trace is null && begun.TryGetValue(run, out var from) && isIt(report))
            {
                var took = environment.Time.GetUtcNow() - from.At;
                trace = new CallTrace([.. environment.Cloud.Endpoint.Calls.Skip(from.Call).Where(call => call.Caller == run.Function)],
                    (int)(took / EachCall), report);
            }
        };
        if (slow)
        {
            environment.Faults.Arm(new SimulationStep.SlowResponses(TimeSpan.Zero, TimeSpan.FromHours(2), EachCall));
        }

        begin(environment);
        environment.Time.RunUntil(environment.Time.GetUtcNow() + TimeSpan.FromMinutes(20));
        return trace;
    }

    private static IEnumerable<string> Ordered(IEnumerable<string> calls)
    {
        var round = new List<string>();
        foreach (var call in calls.Append(null))
        {
            if (call is "DescribeAutoScalingGroups" or "DescribeLaunchTemplateVersions" or "DescribeLaunchTemplates")
            {
                round.Add(call);
                continue;
            }

            foreach (var next in round.Order(StringComparer.Ordinal).Append(call).OfType<string>())
            {
                yield return next;
            }

            round.Clear();
        }
    }
}
