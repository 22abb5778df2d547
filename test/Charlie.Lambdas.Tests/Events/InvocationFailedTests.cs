using System.Text.Json.Nodes;
using Charlie.Lambdas.Events;

namespace Charlie.Lambdas.Tests.Events;

/// <summary>An event that Lambda gave up is found again in its failure, however often it failed.</summary>
public sealed class InvocationFailedTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 14, 30, 0, TimeSpan.Zero);

    [Fact]
    public void The_request_of_the_real_event_is_run_again()
    {
        var request = Request(Example.Of("invocation-failed"), Now);
        Assert.Equal(("charlie.ops", "Rollback Requested"), (request?.Source, request?.DetailType));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(30)]
    public void The_first_request_is_found_below_the_failures(int failures)
    {
        var request = Request(Failures(Example.Of("image-pushed"), failures), Now);
        Assert.Equal(("charlie.ci", "Image Pushed"), (request?.Source, request?.DetailType));
    }

    [Theory]
    [InlineData("image-pushed", 59, true)]
    [InlineData("image-pushed", 60, false)]
    [InlineData("rollback-requested", 59, true)]
    [InlineData("scheduled", 0, false)]
    [InlineData("instance-launch-lifecycle-action", 0, false)]
    public void A_request_is_run_again_within_an_hour_unless_it_comes_again_by_itself(string name, int minutes, bool again)
    {
        var example = Example.Of(name);
        example["time"] = "2026-11-22T14:00:00Z";
        Assert.Equal(again, Request(Failures(example, 1), Now.AddMinutes(minutes - 30)) is not null);
    }

    [Fact]
    public void A_failure_without_a_request_or_with_too_many_failures_is_not_run_again()
    {
        Assert.Null(Request(new JsonObject { ["source"] = "lambda", ["detail-type"] = InvocationFailed.DetailType }, Now));
        Assert.Null(Request(Failures(Example.Of("image-pushed"), 31), Now));
        var timeless = Example.Of("image-pushed");
        timeless.Remove("time");
        Assert.Null(Request(Failures(timeless, 1), Now));
    }

    private static EventEnvelope? Request(JsonObject failure, DateTimeOffset now) =>
        InvocationFailed.Read(Example.ReadText(failure.ToJsonString(new() { MaxDepth = 1024 })), now).Request;

    private static JsonObject Failures(JsonObject inner, int count)
    {
        for (var i = 0; i < count; i++)
        {
            inner = new JsonObject
            {
                ["source"] = "lambda",
                ["detail-type"] = InvocationFailed.DetailType,
                ["time"] = "2026-11-22T14:10:00Z",
                ["detail"] = new JsonObject { ["version"] = "1.0", ["requestPayload"] = inner },
            };
        }

        return inner;
    }
}
