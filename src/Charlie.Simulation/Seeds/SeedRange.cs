using System.Globalization;

namespace Charlie.Simulation.Seeds;

/// <summary>Seeds from one to another, both included; written <c>7</c> or <c>1..1000</c>.</summary>
internal sealed record SeedRange(int First, int Last)
{
    public const string Expected =
        "--seeds must be one seed, as 7, or a range from a smaller to a greater one, as 1..1000 (0 to 2147483646).";

    public int Count => Last - First + 1;

    public static SeedRange? Read(string text) => text.Split("..") switch
    {
        [var one] when Number(one) is { } seed => new SeedRange(seed, seed),
        [var first, var last] when Number(first) is { } from && Number(last) is { } to && from <= to => new SeedRange(from, to),
        _ => null,
    };

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < int.MaxValue ? number : null;
}
