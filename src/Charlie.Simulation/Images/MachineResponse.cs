using System.Globalization;

namespace Charlie.Simulation.Images;

/// <summary>What a machine returns to a probe.</summary>
/// <param name="Status">The HTTP status, or 0 where nothing listens.</param>
/// <param name="Image">The X-Charlie-Image header.</param>
/// <param name="Failure">The X-Charlie-Failure header.</param>
/// <param name="Phase">The X-Charlie-Phase header.</param>
internal sealed record MachineResponse(int Status, string? Image, string? Failure, string? Phase = null)
{
    public static readonly MachineResponse Nothing = new(0, null, null);

    // A machine's clock is its own: nobody may compare it with another.
    private static readonly TimeSpan ClockAtStart = TimeSpan.FromSeconds(1_000_000_000);

    public bool Listening => Status != 0;

    /// <summary>How the app runs; <c>null</c> before it does.</summary>
    public AppRun? Run { get; init; }

    /// <summary>The time since the machine's start.</summary>
    public TimeSpan Now { get; init; }

    /// <summary>The X-Charlie-Prepared header: the image of the container that waits for the lock.</summary>
    public string? Prepared { get; init; }

    /// <summary>How the app ended last.</summary>
    public string? LastEnd { get; init; }

    /// <summary>Whether it says that the app is healthy with an image.</summary>
    public bool IsHealthyWith(string? image) => Status == 200 && Image == image;

    /// <summary>Silence, a phase before the app runs, or a failure of the machine.</summary>
    public bool SaysNothingOfApp => Run is null && Failure?.StartsWith("app:", StringComparison.Ordinal) != true;

    /// <summary>The headers of the response.</summary>
    public Dictionary<string, string> Headers()
    {
        var headers = new Dictionary<string, string>();
        Add("X-Charlie-Image", Image);
        Add("X-Charlie-Failure", Failure);
        Add("X-Charlie-Phase", Phase);
        Add("X-Charlie-Prepared", Prepared);
        Add("X-Charlie-Now", Time(Now));
        Add("X-Charlie-Last", LastEnd);
        if (Run is { } run)
        {
            Add("X-Charlie-Run-Since", Time(run.StartedAt));
            Add(run.IsHealthy ? "X-Charlie-Healthy-Since" : "X-Charlie-Unhealthy-Since", Time(run.Since));
            Add("X-Charlie-Restarts", run.Restarts.ToString(CultureInfo.InvariantCulture));
        }

        return headers;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                headers[name] = value;
            }
        }
    }

    private static string Time(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{(ClockAtStart + time).TotalSeconds:0.000}");
}
