using System.Text.Json;
using System.Text.Json.Nodes;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Reports;
using Charlie.Lambdas.Tests.Decisions;

namespace Charlie.Lambdas.Tests.Notifications;

/// <summary>
/// One result for each notification there is, as a rule delivers it: the report that ReportWriter writes of it, in Lambda's event.
/// </summary>
internal static class SampleAlerts
{
    private const string ErrorMessage = "Rate exceeded";

    private static readonly DateTimeOffset PushedAt = Arbitrary.Noon;
    private static readonly DateTimeOffset At = PushedAt.AddSeconds(130);
    private static readonly StackNames Names = new("bot", "bot-production", "charlie-launch");
    private static readonly Release Its = new(1048577, 7700124);
    private static readonly Release Old = new(1048576, 7700123);

    private static readonly Push Push = new(
        Its,
        $"registry.gitlab.com/example/bot@sha256:{new string('9', 64)}",
        "1f3c9a2e5b7d4c8f9e0a1b2c3d4e5f60718293a4",
        $"https://gitlab.com/example/bot/-/pipelines/{Its.PipelineId}",
        4242,
        PushedAt)
    {
        Notes = new PushNotes("1.2", "Quote in cents, not in \"reais\"", "Maria Souza", 31),
    };

    private static readonly ReleaseVersion Version = new(
        57, Its, Push.Image, Push.Commit, Push.PipelineUrl, Push.ProjectId, PushedAt, TagSpecifications.None)
    {
        Notes = Push.Notes,
    };

    private static readonly ReleaseVersion OldVersion = Version with
    {
        Number = 56,
        Release = Old,
        Commit = "44f74b62a1c0d9e8f7b6a5d4c3b2a190817263f5",
        PipelineUrl = $"https://gitlab.com/example/bot/-/pipelines/{Old.PipelineId}",
        Notes = new PushNotes("1048576-7700123", null, null, null),
    };

    private static readonly DesiredRelease Desired = new(Its, Version);

    private static readonly InstanceFacts Facts = Arbitrary.Facts(new GroupInstance("i-0abcdef1234567890", "InService", 57), now: At) with
    {
        LaunchedAt = PushedAt.AddSeconds(10),
        InServiceAt = PushedAt.AddSeconds(40),
        Evidence = Arbitrary.Evidence(Its, PushedAt.AddSeconds(30), Arbitrary.Healthy(Its)),
        BakedCount = 1,
    };

    private static readonly Rejection Rejection =
        new(Its, Old, Its, At, RejectedBy.Charlie, "app: exited with 1: KeyError: 'BROKER_TOKEN'");

    private static readonly Hold Hold =
        new(Holder.Operator, Old, At, PushedAt.AddHours(8), "elections: the market is nervous (requested by maria)");

    private static readonly Dictionary<string, RunResult> Results = new()
    {
        ["confirmed"] = new RunResult.Confirmed(Facts, Version, At, null),
        ["confirmed-again"] = new RunResult.ReportedAgain(new FinalOutcome(Its, FinalOutcomeKind.Confirmed, At, null), Version, null),
        ["rolled-back"] = new RunResult.RolledBack(Facts, Version, Rejection, OldVersion with { Notes = OldVersion.Notes with { Tag = "1.1" } }),
        ["rolled-back-never-stopped"] =
            new RunResult.RolledBack(Facts with { Trader = "i-0123456789abcdef0" }, Version, Rejection, OldVersion),
        ["rolled-back-again"] = new RunResult.ReportedAgain(
            new FinalOutcome(Its, FinalOutcomeKind.RolledBack, At, Rejection with { Fallback = Release.Base }), null, null),
        ["failed"] = new RunResult.Failed(Facts, Version, 4, "app: exited with 1: KeyError: 'BROKER_TOKEN'"),
        ["stuck"] = new RunResult.Stuck(
            Desired,
            At.AddMinutes(-15),
            "We currently do not have sufficient t4g.small capacity in the Availability Zone you requested (us-east-1a).",
            At),
        ["stuck-without-activity"] = new RunResult.Stuck(new DesiredRelease(Its, null), At.AddMinutes(-45), null, At),
        ["retrying"] = new RunResult.Retrying(Facts, Version, 2, "machine: the registry does not respond: registry.gitlab.com: timeout"),
        ["unhealthy"] = new RunResult.Unhealthy(Facts, Version, 1, true, "app: not healthy for 3 min"),
        ["unhealthy-together"] = new RunResult.Unhealthy(Facts, Version, 3, false, "app: not healthy for 3 min"),
        ["all-clear"] = new RunResult.AllClear(new DesiredRelease(Old, OldVersion), PushedAt, At, WasTold: true),
        ["unconfirmed"] = new RunResult.Unconfirmed(Desired, PushedAt),
        ["old-base"] = new RunResult.OldBase(
            Version, new ReleaseVersion(61, Release.Base, "base", null, null, null, null, TagSpecifications.None) { CreatedAt = PushedAt }),
        ["started"] = new RunResult.Started(
            OldVersion, null, "an operator rolled release 1048577.7700124 back (margins are wrong)", [])
        {
            IsRequested = true,
        },
        ["already-current"] = new RunResult.AlreadyCurrent(
            OldVersion, "an operator rolled release 1048577.7700124 back (margins are wrong)"),
        ["held"] = new RunResult.Held(Hold, Old),
        ["held-push"] = new RunResult.Held(
            Hold with { Holder = Holder.Window, Until = null, Reason = "the deploy window is closed" }, Old, Push),
        ["recorded"] = new RunResult.Recorded(Version, "the group's desired capacity is 0"),
        ["stopped"] = new RunResult.AppStopped(new Stopped(At, "the broker is closed"), Its),
        ["stale-push"] = new RunResult.StalePush(Push, "release 1048578.7700125 is newer; run the job again to deploy it anyway"),
        ["stale-request"] = new RunResult.StaleRequest(
            "rollback from release 1048577.7700124", "release 1048578.7700125 is the desired one", Its),
        ["rejected"] = new RunResult.Rejected(
            "an event 'Image Pushed'", "detail.commit must be 40 hexadecimal digits in lower case; it is \"main\""),
        ["refused"] = new RunResult.Refused(Its, "the group has a warm pool: delete it"),
    };

    public static IEnumerable<string> All => [.. Results.Keys, "function-failed"];

    /// <summary>The event that the rule of that notification delivers, as Lambda and EventBridge shape it.</summary>
    public static JsonElement Event(string name) =>
        name == "function-failed" ? Wrap("Failure", Failure(), "Refresh") : Wrap("Success", Written(Results[name]), "Lifecycle");

    private static JsonNode Written(RunResult result)
    {
        var report = new ReportWriter(Names, Arbitrary.Rules.BakeTime).Write(result);
        Assert.True(report.Notify, report.Summary);
        using var stream = new MemoryStream();
        Composition.CreateSerializer().Serialize(report, stream);
        return JsonNode.Parse(stream.ToArray())!;
    }

    private static JsonObject Failure() =>
        new() { ["errorType"] = "AmazonAutoScalingException", ["errorMessage"] = ErrorMessage };

    private static JsonElement Wrap(string end, JsonNode payload, string function) => JsonSerializer.SerializeToElement(new JsonObject
    {
        ["version"] = "0",
        ["id"] = "1c3a7c0e-6a3f-4f0a-9f56-0f0a4f4d3f11",
        ["detail-type"] = $"Lambda Function Invocation Result - {end}",
        ["source"] = "lambda",
        ["account"] = "123456789012",
        ["time"] = "2026-11-22T12:02:11Z",
        ["region"] = "us-east-1",
        ["resources"] = new JsonArray(),
        ["detail"] = new JsonObject
        {
            ["version"] = "1.0",
            ["timestamp"] = "2026-11-22T12:02:10.871Z",
            ["requestContext"] = new JsonObject
            {
                ["requestId"] = "8f5f7a3e-0d5b-4d0a-9a51-1f6f1f2f0002",
                ["functionArn"] = $"arn:aws:lambda:us-east-1:123456789012:function:charlie-{function}-Q1W2E3R4T5:$LATEST",
                ["condition"] = end == "Success" ? "Success" : "RetriesExhausted",
                ["approximateInvokeCount"] = end == "Success" ? 1 : 3,
            },
            ["requestPayload"] = new JsonObject { ["source"] = "charlie.ops", ["detail-type"] = "Rollback Requested" },
            ["responsePayload"] = payload,
        },
    });
}
