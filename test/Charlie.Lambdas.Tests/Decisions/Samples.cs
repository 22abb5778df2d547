using CsCheck;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>Checks a property over generated values, the same ones in each run: CsCheck's own <c>Sample</c> draws from the clock.</summary>
internal static class Samples
{
    private const uint Stream = 1;
    private const ulong Seed = 20261122;

    public static void Each<T>(this Gen<T> gen, Action<T> check, int count = 1000)
    {
        var random = new PCG(Stream, Seed);
        for (var number = 1; number <= count; number++)
        {
            var value = gen.Generate(random, null, out _);
            try
            {
                check(value);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"Sample {number}: {value}: {failure.Message}", failure);
            }
        }
    }

    public static void Each<T1, T2>(this Gen<(T1, T2)> gen, Action<T1, T2> check, int count = 1000) =>
        gen.Each(value => check(value.Item1, value.Item2), count);

    public static void Each<T1, T2, T3>(this Gen<(T1, T2, T3)> gen, Action<T1, T2, T3> check, int count = 1000) =>
        gen.Each(value => check(value.Item1, value.Item2, value.Item3), count);
}
