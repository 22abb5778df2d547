using System.Globalization;

namespace Charlie.Tests;

/// <summary>
/// The seed of everything that a test draws: the same each time, so that a failure is there again in the next run.
/// CHARLIE_SEED sets another one.
/// </summary>
internal static class TestSeed
{
    private const string Variable = "CHARLIE_SEED";

    public static int Value { get; } = Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" => 1,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) => seed,
        var text => throw new InvalidOperationException($"{Variable} must be a number from 0 to {int.MaxValue}; it is '{text}'."),
    };

    /// <summary>For the message of a failure: what repeats it.</summary>
    public static string Shown { get; } = string.Create(CultureInfo.InvariantCulture, $"{Variable}={Value}");
}
