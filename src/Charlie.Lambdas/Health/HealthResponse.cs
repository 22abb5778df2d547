using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Health;

/// <summary>
/// Reads what a machine answers to a probe (docs/machine.md has the headers). Its times are its own clock's, so only
/// differences of two of them are used; an answer that lacks one that it must have says nothing.
/// </summary>
internal static class HealthResponse
{
    /// <summary>The image that the engine runs, on 200.</summary>
    public const string ImageHeader = "X-Charlie-Image";

    /// <summary>Why the app or its machine cannot go on, on 503: <c>app: ...</c> or <c>machine: ...</c>.</summary>
    public const string FailureHeader = "X-Charlie-Failure";

    /// <summary>What the machine does now, on 503.</summary>
    public const string PhaseHeader = "X-Charlie-Phase";

    /// <summary>The image that the machine has prepared to start, on 503 in phase <c>lock</c>.</summary>
    public const string PreparedHeader = "X-Charlie-Prepared";

    /// <summary>The machine's time of the answer, in Unix seconds as all times.</summary>
    public const string NowHeader = "X-Charlie-Now";

    /// <summary>When the machine first started the app.</summary>
    public const string RunSinceHeader = "X-Charlie-Run-Since";

    /// <summary>Since when the app has been healthy on end.</summary>
    public const string HealthySinceHeader = "X-Charlie-Healthy-Since";

    /// <summary>Since when the app has not been healthy, on end.</summary>
    public const string UnhealthySinceHeader = "X-Charlie-Unhealthy-Since";

    /// <summary>How often the app ended and was started again.</summary>
    public const string RestartsHeader = "X-Charlie-Restarts";

    /// <summary>How the app ended last, with its last line.</summary>
    public const string LastEndHeader = "X-Charlie-Last";

    private const string MachinePrefix = "machine:";
    private const string AppPrefix = "app:";

    // Room in a rejection's tag for the releases and the time beside it.
    private const int MaxReasonLength = 160;

    private const int MaxImageLength = 512;
    private const int MaxNumberLength = 20;

    // Ten years: beyond every rule, and far below what a TimeSpan holds.
    private const decimal MaxAgeSeconds = 315_360_000;

    public static ProbeResponse Read(HttpResponseMessage response) => (response.StatusCode, Text(response, FailureHeader, 512)) switch
    {
        (HttpStatusCode.OK, _) => Healthy(response),
        (HttpStatusCode.ServiceUnavailable, { } failure) => Failed(failure, Phase(response)),
        (HttpStatusCode.ServiceUnavailable, null) => NotHealthy(response),
        var (status, _) => new ProbeResponse.Silent(string.Create(CultureInfo.InvariantCulture, $"status {(int)status}")),
    };

    private static ProbeResponse Healthy(HttpResponseMessage response) =>
        Text(response, ImageHeader, MaxImageLength) is not { } image ? new ProbeResponse.Silent($"200 without {ImageHeader}")
        : Since(response, HealthySinceHeader) is not { } healthyFor
            ? new ProbeResponse.Silent($"200 without {NowHeader} and {HealthySinceHeader}")
        : new ProbeResponse.Healthy(image, healthyFor);

    private static ProbeResponse NotHealthy(HttpResponseMessage response)
    {
        if (Phase(response) is { } phase)
        {
            return new ProbeResponse.Preparing(
                phase, phase is BootPhase.Lock ? Text(response, PreparedHeader, MaxImageLength) : null);
        }

        if (Text(response, PhaseHeader, MaxNumberLength) != "run")
        {
            return new ProbeResponse.Silent($"status 503 without {FailureHeader} and a known {PhaseHeader}");
        }

        return Since(response, UnhealthySinceHeader) is { } unhealthyFor && Since(response, RunSinceHeader) is { } runsFor
            ? new ProbeResponse.Unhealthy(unhealthyFor, runsFor, Restarts(response), Text(response, LastEndHeader, MaxReasonLength))
            : new ProbeResponse.Silent($"phase run without {NowHeader}, {RunSinceHeader} and {UnhealthySinceHeader}");
    }

    private static ProbeResponse.Failed Failed(string failure, BootPhase? phase)
    {
        var ofMachine = failure.StartsWith(MachinePrefix, StringComparison.Ordinal);
        var prefix = ofMachine ? MachinePrefix : failure.StartsWith(AppPrefix, StringComparison.Ordinal) ? AppPrefix : "";
        return new ProbeResponse.Failed(ofMachine, SingleLineText.Of(failure[prefix.Length..].Trim(), MaxReasonLength), phase);
    }

    private static BootPhase? Phase(HttpResponseMessage response) => Text(response, PhaseHeader, MaxNumberLength) switch
    {
        "boot" => BootPhase.Boot,
        "secrets" => BootPhase.Secrets,
        "pull" => BootPhase.Pull,
        "prepare" => BootPhase.Prepare,
        "lock" => BootPhase.Lock,
        "start" => BootPhase.Start,
        _ => null,
    };

    private static int Restarts(HttpResponseMessage response) =>
        int.TryParse(Text(response, RestartsHeader, MaxNumberLength), NumberStyles.None, CultureInfo.InvariantCulture, out var restarts)
            ? restarts
            : 0;

    // How long ago a time of the answer was; one that lies ahead of its own "now" is now.
    private static TimeSpan? Since(HttpResponseMessage response, string header)
    {
        if (Seconds(response, NowHeader) is not { } now || Seconds(response, header) is not { } since)
        {
            return null;
        }

        return TimeSpan.FromSeconds((double)Math.Clamp(now - since, 0, MaxAgeSeconds));
    }

    // Exact, and neither "NaN" nor "Infinity" is a number.
    private static decimal? Seconds(HttpResponseMessage response, string header) =>
        decimal.TryParse(
            Text(response, header, MaxNumberLength), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            ? seconds
            : null;

    private static string? Text(HttpResponseMessage response, string name, int length) =>
        ((HttpHeaders)response.Headers).TryGetValues(name, out var values) && values.ToArray() is [{ Length: > 0 } only]
            ? SingleLineText.Of(only, length)
            : null;
}
