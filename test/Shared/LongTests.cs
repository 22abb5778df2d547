using System.Runtime.CompilerServices;

namespace Charlie.Tests;

/// <summary>
/// Tests that take long: walks over every fault, storms, deliberate mistakes, real machines, a hundred runs of the aws
/// command. They run with CHARLIE_TESTS=all, which <c>.ci/run</c> always sets, and say in one line that they were left out without it.
/// </summary>
internal static class LongTests
{
    private const string Variable = "CHARLIE_TESTS";

    public static bool Run { get; } = Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" or "fast" => false,
        "all" => true,
        var other => throw new InvalidOperationException($"{Variable} must be fast or all; it is '{other}'."),
    };

    public static string? Skip => Run ? null : $"Takes long: runs with {Variable}=all.";
}

/// <summary>A <see cref="FactAttribute"/> for a test that takes long.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LongFactAttribute : FactAttribute
{
    public LongFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) => Skip = LongTests.Skip;
}

/// <summary>A <see cref="TheoryAttribute"/> for a test that takes long.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LongTheoryAttribute : TheoryAttribute
{
    public LongTheoryAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) => Skip = LongTests.Skip;
}
