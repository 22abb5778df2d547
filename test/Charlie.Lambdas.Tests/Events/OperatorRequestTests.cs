using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Events;

namespace Charlie.Lambdas.Tests.Events;

/// <summary>The operators' other requests: what each asks for, and what is refused by its field's name.</summary>
public sealed class OperatorRequestTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 15, 10, 0, TimeSpan.Zero);

    private static readonly EventParser Parser = new(
        Example.Allowed, new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Example.Now.AddHours(1)));

    [Fact]
    public void Each_request_is_read_field_by_field()
    {
        Assert.Equal(
            new HoldRequest(Holder.Operator, At.AddHours(8), "the market is open", At),
            RequestOf(Example.Read(Example.Of("hold-requested"))));
        Assert.Equal(
            new ResumeRequest(Holder.Operator, "the market is closed", At), RequestOf(Example.Read(Example.Of("resume-requested"))));
        Assert.Equal(new RestartRequest("the secret was rotated", At), RequestOf(Example.Read(Example.Of("restart-requested"))));
        Assert.Equal(new StopRequest("the broker is closed", At), RequestOf(Example.Read(Example.Of("stop-requested"))));
        Assert.Equal(new StartRequest("the broker is open", At), RequestOf(Example.Read(Example.Of("start-requested"))));
    }

    [Theory]
    [InlineData("90m", 90)]
    [InlineData("1m", 1)]
    [InlineData("8h", 480)]
    [InlineData("366d", 366 * 24 * 60)]
    public void A_hold_lasts_as_long_as_it_says(string length, int minutes) =>
        Assert.Equal(At.AddMinutes(minutes), HoldOf("for", $"\"{length}\"").Until);

    [Theory]
    [InlineData("\"0m\"")]
    [InlineData("\"-1h\"")]
    [InlineData("\"367d\"")]
    [InlineData("\"99999999999999999999m\"")]
    [InlineData("\"8 h\"")]
    [InlineData("\"8\"")]
    [InlineData("\"h\"")]
    [InlineData("\"\"")]
    [InlineData("8")]
    public void A_length_that_is_none_is_refused(string value) =>
        Refused(Example.With("hold-requested", "for", value), "detail.for must be a length such as 90m, 8h or 3d, at most a year; it is ");

    [Fact]
    public void A_hold_ends_at_a_time_or_not_at_all()
    {
        var without = Example.Of("hold-requested");
        without["detail"]!.AsObject().Remove("for");
        Assert.Null(Assert.IsType<HoldRequest>(RequestOf(Example.Read(without))).Until);

        without["detail"]!["until"] = "2026-11-22T18:00:00-03:00";
        Assert.Equal(At.AddHours(5).AddMinutes(50), Assert.IsType<HoldRequest>(RequestOf(Example.Read(without))).Until);

        foreach (var value in new[] { "2026-11-22T15:10:00Z", "2027-11-24T15:10:00Z", "tomorrow", "" })
        {
            without["detail"]!["until"] = value;
            Refused(Example.Read(without), "detail.until must be a time within a year after the event's, with its zone; it is ");
        }

        without["detail"]!["until"] = "2026-11-22T18:00:00Z";
        without["detail"]!["for"] = "8h";
        Refused(Example.Read(without), "detail must have until or for, not both");
    }

    [Fact]
    public void A_hold_is_of_an_operator_or_of_the_window()
    {
        Assert.Equal(Holder.Window, HoldOf("holder", "\"window\"").Holder);
        Assert.Equal(Holder.Operator, HoldOf("holder", "\"operator\"").Holder);
        Refused(Example.With("hold-requested", "holder", "\"maria\""), "detail.holder must be 'operator' or 'window'; it is ");
        Refused(Example.With("resume-requested", "holder", "7"), "detail.holder must be 'operator' or 'window'; it is ");
    }

    [Theory]
    [InlineData("hold-requested")]
    [InlineData("resume-requested")]
    [InlineData("restart-requested")]
    [InlineData("stop-requested")]
    [InlineData("start-requested")]
    public void Each_needs_its_app_a_reason_and_a_time(string name)
    {
        Refused(Example.With(name, "app", "\"another\""), "detail.app must be 'charlie'");
        Refused(Example.Without(name, "reason"), "detail.reason must be a sentence that says why");
        var timeless = Example.Of(name);
        timeless.Remove("time");
        Refused(Example.Read(timeless), "time must be the event's time in ISO 8601");
    }

    private static HoldRequest HoldOf(string field, string value) =>
        Assert.IsType<HoldRequest>(RequestOf(Example.With("hold-requested", field, value)));

    private static RefreshRequest RequestOf(EventEnvelope envelope) =>
        Assert.IsAssignableFrom<OperatorRequest>(Parser.Parse(envelope)).Request;

    private static void Refused(EventEnvelope envelope, string reason) =>
        Assert.StartsWith(reason, Assert.IsType<InvalidEvent>(Parser.Parse(envelope)).Reason, StringComparison.Ordinal);
}
