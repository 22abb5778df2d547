using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>A run of Refresh against records and a group that only the run itself changes.</summary>
internal sealed class RefreshRun
{
    private const int MaxSteps = 20;

    private RefreshRun(Snapshot first) => Last = first;

    public List<RefreshStep> Steps { get; } = [];

    /// <summary>The snapshot after the last step.</summary>
    public Snapshot Last { get; private set; }

    public RunResult Result { get; private set; } = new RunResult.NothingToDo("");

    public IEnumerable<AwsAction> Actions => Steps.OfType<RefreshStep.Act>().Select(step => step.Action);

    /// <exception cref="InvalidOperationException">The policy's own, or the run has no end.</exception>
    public static RefreshRun Of(RefreshRequest request, Snapshot first, PolicySettings settings, DateTimeOffset now)
    {
        var run = new RefreshRun(first);
        while (run.Steps.Count < MaxSteps)
        {
            var step = RefreshPolicy.Next(request, run.Last, settings, now);
            run.Steps.Add(step);
            switch (step)
            {
                case RefreshStep.Act { Action: AwsAction.CreateVersion create }:
                    var version = Arbitrary.Version(99, create.Push.Release) with { Image = create.Push.Image };
                    run.Last = run.Last.After(create, true, now, version);
                    break;
                case RefreshStep.Act act:
                    run.Last = run.Last.After(act.Action, true, now);
                    break;
                case RefreshStep.ReadAgain:
                    run.Last = new Snapshot(now, now, run.Last.Records, run.Last.Group) { IsReadAgain = true };
                    break;
                case RefreshStep.Done done:
                    run.Result = done.Result;
                    return run;
            }
        }

        throw new InvalidOperationException($"The run has no end: {string.Join(", ", run.Steps)}");
    }
}
