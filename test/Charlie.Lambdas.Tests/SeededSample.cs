using CsCheck;

namespace Charlie.Lambdas.Tests;

/// <summary>
/// CsCheck's <c>Sample</c> with values that are the same in each run. CsCheck takes a seed for the first value only and
/// draws all others from the clock; being in this namespace, these methods are called in place of CsCheck's own.
/// </summary>
internal static class SeededSample
{
    private const int Values = 100;

    public static void Sample<T>(this Gen<T> values, Action<T> check)
    {
        var random = new PCG(1, (ulong)TestSeed.Value);
        for (var drawn = 0; drawn < Values; drawn++)
        {
            var state = random.State;
            var value = values.Generate(random, null, out _);
            try
            {
                check(value);
            }
            catch (Exception)
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"{TestSeed.Shown}, value {drawn}");
                // Looks for a smaller value that fails, too, and throws with it.
                Check.Sample(values, check, seed: random.ToString(state));
                throw;
            }
        }
    }

    public static void Sample<T1, T2>(this Gen<(T1, T2)> values, Action<T1, T2> check) =>
        values.Sample(value => check(value.Item1, value.Item2));

    public static void Sample<T1, T2, T3>(this Gen<(T1, T2, T3)> values, Action<T1, T2, T3> check) =>
        values.Sample(value => check(value.Item1, value.Item2, value.Item3));
}
