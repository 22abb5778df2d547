namespace Charlie.Operations.Fitting;

/// <summary>Something of an image that does not fit the machine.</summary>
/// <param name="Rule">The rule's own name in docs/fitting.md, a stable word for programs.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Mend">What to do.</param>
internal sealed record Misfit(string Rule, string What, string Mend);

/// <summary>What was found of an image.</summary>
/// <param name="Shape">The version of this shape; a member is only added to it without a new one.</param>
/// <param name="Engine">The command that ran it.</param>
/// <param name="HealthySeconds">From the start until it was healthy; <c>null</c> where it never was.</param>
/// <param name="StopSeconds">From SIGTERM until it ended; <c>null</c> where it never was healthy.</param>
/// <param name="LastLines">What it said last, where it was not healthy or did not stop; its variables may be among it.</param>
internal sealed record FittingDocument(
    int Shape,
    string Image,
    string Engine,
    IReadOnlyList<Misfit> Misfits,
    double? HealthySeconds,
    double? StopSeconds,
    IReadOnlyList<string> LastLines)
{
    public const int NewestShape = 1;
}
