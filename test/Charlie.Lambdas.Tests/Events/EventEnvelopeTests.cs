using System.Text.Json;
using Charlie.Lambdas.Events;

namespace Charlie.Lambdas.Tests.Events;

/// <summary>The envelope of any document, and the time that an event may claim.</summary>
public sealed class EventEnvelopeTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"Image Pushed\"")]
    [InlineData("""{"source":7,"detail-type":{},"time":[],"detail":"none"}""")]
    public void A_document_that_is_no_event_reads_as_one_without_fields(string text)
    {
        var envelope = Example.ReadText(text);
        Assert.Equal((null, null, null), (envelope.Source, envelope.DetailType, envelope.Time));
        Assert.Equal(JsonValueKind.Undefined, envelope.Detail.ValueKind);
    }

    [Fact]
    public void A_time_is_read_as_UTC_and_one_to_come_counts_as_now()
    {
        var envelope = Example.ReadText("""{"time":"2026-11-22T14:00:00"}""");
        Assert.Equal(Example.Now.AddHours(-1), envelope.TimeBefore(Example.Now));
        Assert.Equal(TimeSpan.Zero, envelope.TimeBefore(Example.Now).Offset);
        Assert.Equal(Example.Now, Example.ReadText("""{"time":"2099-01-01T00:00:00Z"}""").TimeBefore(Example.Now));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"time":"yesterday"}""")]
    [InlineData("""{"time":1763820000}""")]
    public void An_event_without_a_time_is_invalid_where_it_is_needed(string text) =>
        Assert.Equal(
            "time must be the event's time in ISO 8601",
            Assert.Throws<InvalidEventException>(() => Example.ReadText(text).TimeBefore(Example.Now)).Message);
}
