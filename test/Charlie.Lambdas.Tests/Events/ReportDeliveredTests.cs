using System.Text.Json.Nodes;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Events;

namespace Charlie.Lambdas.Tests.Events;

/// <summary>A report that came back as an event: the real one is read, any other is refused with all three fields named.</summary>
public sealed class ReportDeliveredTests
{
    [Fact]
    public void The_real_event_is_read() =>
        Assert.Equal(
            new ReportDelivered(new ReportedOutcome(
                new Release(1048576, 7700123), FinalOutcomeKind.Confirmed, new DateTimeOffset(2026, 11, 22, 14, 6, 11, 42, TimeSpan.Zero))),
            ReportDelivered.Read(Example.Read(Example.Of("report-delivered"))));

    [Theory]
    [InlineData("release", "five", "\"five\"", "\"Confirmed\"", "\"2026-11-22T14:06:11.042Z\"")]
    [InlineData("outcome", "Started", "\"1048576.7700123\"", "\"Started\"", "\"2026-11-22T14:06:11.042Z\"")]
    [InlineData("outcome", "1", "\"1048576.7700123\"", "\"1\"", "\"2026-11-22T14:06:11.042Z\"")]
    [InlineData("endedAt", "now", "\"1048576.7700123\"", "\"Confirmed\"", "\"now\"")]
    public void A_report_with_a_malformed_field_is_refused(string field, string value, string release, string outcome, string endedAt)
    {
        var example = Example.Of("report-delivered");
        example["detail"]!["responsePayload"]![field] = value;
        Assert.Equal(
            $"responsePayload must name release ({release}), outcome ({outcome}) and endedAt ({endedAt})",
            Assert.Throws<InvalidEventException>(() => ReportDelivered.Read(Example.Read(example))).Message);
        example["detail"]!["responsePayload"]!.AsObject().Remove(field);
        Assert.Throws<InvalidEventException>(() => ReportDelivered.Read(Example.Read(example)));
    }

    [Fact]
    public void An_event_without_a_report_is_refused() =>
        Assert.Throws<InvalidEventException>(() => ReportDelivered.Read(Example.Without("report-delivered", "responsePayload")));
}
