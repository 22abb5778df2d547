using System.Globalization;

namespace Charlie.Lambdas.Tests;

/// <summary>
/// How many values a property is tried with. Mutation tests run each property thousands of times: CHARLIE_SAMPLES=10 draws ten
/// percent there.
/// </summary>
internal static class SampleSize
{
    private const string Variable = "CHARLIE_SAMPLES";

    private static readonly int Percent = Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" => 100,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var percent) && percent is > 0 and <= 100 =>
            percent,
        var text => throw new InvalidOperationException($"{Variable} must be a number from 1 to 100; it is '{text}'."),
    };

    public static int Of(int all) => Math.Max(1, all * Percent / 100);
}
