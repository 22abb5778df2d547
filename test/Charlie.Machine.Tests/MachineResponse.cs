using System.Globalization;
using System.Net;

namespace Charlie.Machine.Tests;

/// <summary>What a machine returns to a probe; no status where it does not respond.</summary>
internal sealed record MachineResponse(HttpStatusCode? Status, IReadOnlyDictionary<string, string> Headers)
{
    public static readonly MachineResponse None = new(null, new Dictionary<string, string>());

    public string? Image => this["Image"];

    public string? Failure => this["Failure"];

    public string? Phase => this["Phase"];

    public string? Prepared => this["Prepared"];

    public string? Last => this["Last"];

    public int? Restarts => this["Restarts"] is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    public decimal? RunSince => Time("Run-Since");

    public decimal? HealthySince => Time("Healthy-Since");

    public decimal? UnhealthySince => Time("Unhealthy-Since");

    public decimal Now => Time(nameof(Now))!.Value;

    public string? this[string name] => Headers.GetValueOrDefault($"X-Charlie-{name}");

    public static MachineResponse Of(HttpResponseMessage response) => new(
        response.StatusCode,
        response.Headers.Where(header => header.Key.StartsWith("X-Charlie-", StringComparison.Ordinal))
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value)));

    // Unix seconds with three decimals.
    private decimal? Time(string name)
    {
        if (this[name] is not { } text)
        {
            return null;
        }

        Assert.Matches(@"^[0-9]{10}\.[0-9]{3}$", text);
        return decimal.Parse(text, CultureInfo.InvariantCulture);
    }
}
