namespace Charlie.Lambdas.Decisions;

/// <summary>Why an instance cannot stay as it is.</summary>
internal abstract record InstanceProblem(string Reason)
{
    /// <summary>Another machine would fail in the same way.</summary>
    internal sealed record Application(string Reason) : InstanceProblem(Reason);

    /// <summary>Another machine may do better.</summary>
    /// <param name="MayBeRelease">Whether the release itself may be the cause, so that it counts against it in the end.</param>
    internal sealed record Infrastructure(string Reason, bool MayBeRelease) : InstanceProblem(Reason);
}
