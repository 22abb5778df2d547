namespace Charlie.Lambdas.Decisions;

/// <summary>What a run of Refresh does next.</summary>
internal abstract record RefreshStep
{
    private RefreshStep()
    {
    }

    internal sealed record Act(AwsAction Action) : RefreshStep;

    /// <summary>Read everything again: what is deleted cannot be worked out again.</summary>
    internal sealed record ReadAgain : RefreshStep;

    internal sealed record Done(RunResult Result) : RefreshStep;
}
