using System.Text.Json;
using System.Text.Json.Nodes;
using Charlie.Lambdas.Events;

namespace Charlie.Lambdas.Tests.Events;

/// <summary>An event that Lambda gave up is found again in its failure, however often it failed.</summary>
public sealed class FailedEventTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 14, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    public void The_first_request_is_run_again(int failures)
    {
        var @event = Example("image-pushed");
        for (var i = 0; i < failures; i++)
        {
            @event = Failure(@event);
        }

        var again = FailedEvent.Read(Read(@event), Now);
        Assert.Equal(("charlie.ci", "Image Pushed"), (again?.Source, again?.DetailType));
    }

    [Fact]
    public void What_is_too_old_or_comes_again_by_itself_is_not()
    {
        Assert.Null(FailedEvent.Read(Read(Failure(Example("image-pushed"))), Now.AddHours(1)));
        Assert.Null(FailedEvent.Read(Read(Failure(Example("scheduled"))), Now));
        Assert.Null(FailedEvent.Read(Read(new JsonObject { ["source"] = "lambda", ["detail-type"] = FailedEvent.DetailType }), Now));
    }

    private static JsonObject Failure(JsonObject @event) => new()
    {
        ["source"] = "lambda",
        ["detail-type"] = FailedEvent.DetailType,
        ["time"] = "2026-11-22T14:10:00Z",
        ["detail"] = new JsonObject { ["version"] = "1.0", ["requestPayload"] = @event },
    };

    private static EventEnvelope Read(JsonObject document) =>
        EventEnvelope.Read(JsonDocument.Parse(document.ToJsonString()).RootElement);

    private static JsonObject Example(string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Events", "Examples", $"{name}.json")))!.AsObject();
}
