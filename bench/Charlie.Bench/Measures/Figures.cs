namespace Charlie.Bench.Measures;

/// <summary>What was measured of one contender.</summary>
internal sealed record Figure(string Measure, string Unit, string Contender, double[] Values)
{
    public double Median => Values.Order().Skip((Values.Length - 1) / 2).Take(2 - (Values.Length % 2)).Average();

    public double Min => Values.Min();

    public double Max => Values.Max();
}

/// <summary>All that was measured, in the order in which it was first seen.</summary>
internal sealed class Figures
{
    private readonly List<(string Measure, string Unit, string Contender, List<double> Values)> all = [];

    public IReadOnlyList<Figure> All => [.. all.Select(one => new Figure(one.Measure, one.Unit, one.Contender, [.. one.Values]))];

    public void Add(string measure, string unit, string contender, double value)
    {
        var known = all.Find(one => one.Measure == measure && one.Contender == contender);
        if (known.Values is null)
        {
            all.Add((measure, unit, contender, [value]));
        }
        else
        {
            known.Values.Add(value);
        }
    }
}
