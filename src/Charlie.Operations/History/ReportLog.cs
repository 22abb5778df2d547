using System.Text.Json;
using System.Text.Json.Nodes;
using Charlie.Lambdas.Decisions;
using Charlie.Operations.Access;
using Charlie.Operations.Releases;

namespace Charlie.Operations.History;

/// <summary>Reads from the log of the reports what became of releases: the record tags hold some twenty outcomes only.</summary>
/// <param name="group">The log group.</param>
internal sealed class ReportLog(string group, SignedClient client)
{
    private const string Pattern =
        """{ $.detail.responsePayload.outcome = "Confirmed" || $.detail.responsePayload.outcome = "RolledBack" }""";

    // CloudWatch reads a log from its oldest event on: what is wanted is the newest, so a short time is read first.
    private static readonly int[] Days = [30, 365, 3653];

    /// <summary>The newest releases of which the log tells, each as its last report does.</summary>
    /// <param name="now">The present.</param>
    /// <param name="most">How many at least, as far as there are any.</param>
    /// <exception cref="AwsCallException">CloudWatch refused it, or did not respond.</exception>
    public async Task<IReadOnlyList<ReleaseDocument>> ReadAsync(DateTimeOffset now, int most, CancellationToken cancellation)
    {
        IReadOnlyList<ReleaseDocument> releases = [];
        foreach (var days in Days)
        {
            releases = await ReadSinceAsync(now.AddDays(-days), cancellation);
            if (releases.Count >= most)
            {
                break;
            }
        }

        return releases;
    }

    private async Task<IReadOnlyList<ReleaseDocument>> ReadSinceAsync(DateTimeOffset since, CancellationToken cancellation)
    {
        var releases = new Dictionary<string, ReleaseDocument>();
        string? page = null;
        do
        {
            var arguments = new JsonObject
            {
                ["logGroupName"] = group,
                ["startTime"] = since.ToUnixTimeMilliseconds(),
                ["filterPattern"] = Pattern,
            };
            if (page is not null)
            {
                arguments["nextToken"] = page;
            }

            var response = await client.JsonAsync("logs", "Logs_20140328", "FilterLogEvents", arguments, cancellation);
            foreach (var one in response["events"]?.AsArray() ?? [])
            {
                if (Read((string?)one?["message"]) is { } release
                    && !(releases.GetValueOrDefault(release.Release)?.EndedAt > release.EndedAt))
                {
                    releases[release.Release] = release;
                }
            }

            page = (string?)response["nextToken"];
        }
        while (page is not null);

        return [.. releases.Values];
    }

    // A line that is no report of an outcome tells nothing.
    private static ReleaseDocument? Read(string? message)
    {
        try
        {
            return JsonNode.Parse(message ?? "")?["detail"]?["responsePayload"] is JsonObject report
                && Release.TryParse((string?)report["release"], out _)
                    ? Of(report)
                    : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static ReleaseDocument Of(JsonObject report)
    {
        var pushed = (DateTimeOffset?)report["timings"]?["pushedAt"];
        var ended = (DateTimeOffset?)report["endedAt"];
        return new ReleaseDocument(
            (string)report["release"]!,
            (string?)report["outcome"] == "Confirmed" ? ReleaseState.Confirmed : ReleaseState.RolledBack,
            (string?)report["image"],
            (string?)report["tag"],
            (string?)report["commit"],
            (string?)report["commitTitle"],
            (string?)report["commitAuthor"],
            (string?)report["pipelineUrl"],
            (long?)report["version"],
            pushed,
            ended,
            (ended - pushed)?.TotalSeconds,
            null,
            (string?)report["reason"],
            (string?)report["fallback"]);
    }
}
