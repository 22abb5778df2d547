using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Charlie.Operations.Access;
using Charlie.Operations.History;
using Charlie.Operations.Releases;

namespace Charlie.EndToEnd.Tests.Operating;

/// <summary>Older releases are read from the log of the reports, as CloudWatch returns it.</summary>
public sealed class ReportLogTests : IDisposable
{
    private readonly Log log = new();
    private readonly SignedClient client;

    public ReportLogTests() => client = new SignedClient(
        new AwsAccess(new BasicAWSCredentials("AKIAEXAMPLE", "not-a-secret"), "us-east-1", null), TimeProvider.System, log);

    public void Dispose()
    {
        client.Dispose();
        log.Dispose();
    }

    [Fact]
    public async Task The_last_outcome_of_a_release_counts_and_what_is_no_report_is_passed_over()
    {
        log.Add(40, Report("Confirmed", "3.1", Examples.Now.AddDays(-40)));
        log.Add(9, "no JSON");
        log.Add(9, """{"detail":{"responsePayload":{"outcome":"Confirmed","release":"x"}}}""");
        log.Add(8, Report("RolledBack", "4.1", Examples.Now.AddDays(-8), "app: exited with 1", "3.1"));
        log.Add(7, Report("Confirmed", "4.1", Examples.Now.AddDays(-9)));
        var releases = await ReadAsync(1);
        Assert.Equal(
            ("4.1", ReleaseState.RolledBack, "app: exited with 1", "3.1", 60),
            Assert.Single(releases) is var one ? (one.Release, one.State, one.Reason, one.Fallback, one.Seconds) : default);
        Assert.Equal([30], log.Days);
        Assert.All(log.Patterns, pattern => Assert.Contains("\"RolledBack\"", pattern, StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_reads_further_back_where_the_newest_month_tells_of_too_few()
    {
        log.Add(400, Report("Confirmed", "3.1", Examples.Now.AddDays(-400)));
        log.Add(8, Report("Confirmed", "4.1", Examples.Now.AddDays(-8)));
        Assert.Equal(["3.1", "4.1"], (await ReadAsync(2)).Select(release => release.Release).Order(StringComparer.Ordinal));
        Assert.Equal([30, 365, 3653], log.Days);
    }

    [Fact]
    public void Releases_of_the_records_come_from_there()
    {
        var history = HistoryDocument.Of("bot", Examples.Confirmed(), 10);
        var logged = history.Releases[0] with { State = ReleaseState.RolledBack };
        var (newer, older) = (logged with { Release = "1.3" }, logged with { Release = "3.1" });
        Assert.Equal(["2.2", "1.1", "0.0"], history.Releases.Select(release => release.Release));
        Assert.Equal([newer, .. history.Releases.Take(1), history.Releases[1]], history.With([logged, newer], 3).Releases);
        Assert.Equal(
            ["2.2", "3.1", "1.1", "0.0"],
            history.With([older, logged], 4).Releases.Select(release => release.Release));
    }

    private Task<IReadOnlyList<ReleaseDocument>> ReadAsync(int most) =>
        new ReportLog("reports", client).ReadAsync(Examples.Now, most, TestContext.Current.CancellationToken);

    private static string Report(string outcome, string release, DateTimeOffset endedAt, string? reason = null, string? fallback = null) =>
        JsonSerializer.Serialize(new
        {
            detail = new
            {
                responsePayload = new { outcome, release, endedAt, reason, fallback, timings = new { pushedAt = endedAt.AddMinutes(-1) } },
            },
        });

    /// <summary>Returns one event a page, and of those only what is not older than was asked for.</summary>
    private sealed class Log : HttpMessageHandler
    {
        private readonly List<(DateTimeOffset At, string Message)> events = [];

        /// <summary>How far back was asked for, in days, once a reading.</summary>
        public List<int> Days { get; } = [];

        public List<string> Patterns { get; } = [];

        public void Add(int daysAgo, string message) => events.Add((Examples.Now.AddDays(-daysAgo), message));

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var arguments = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!;
            Assert.Equal("reports", (string?)arguments["logGroupName"]);
            var since = DateTimeOffset.FromUnixTimeMilliseconds((long)arguments["startTime"]!);
            var page = int.Parse((string?)arguments["nextToken"] ?? "0", System.Globalization.CultureInfo.InvariantCulture);
            if (page == 0)
            {
                Days.Add((int)(Examples.Now - since).TotalDays);
                Patterns.Add((string)arguments["filterPattern"]!);
            }

            var found = events.Where(one => one.At >= since).ToList();
            var response = new JsonObject
            {
                ["events"] = new JsonArray([.. found.Skip(page).Take(1).Select(one => (JsonNode)new JsonObject { ["message"] = one.Message })]),
            };
            if (page + 1 < found.Count)
            {
                response["nextToken"] = $"{page + 1}";
            }

            return new HttpResponseMessage { Content = new StringContent(response.ToJsonString()) };
        }
    }
}
