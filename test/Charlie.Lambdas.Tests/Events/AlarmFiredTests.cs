using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Events;

namespace Charlie.Lambdas.Tests.Events;

public sealed class AlarmFiredTests
{
    [Fact]
    public void It_names_the_alarm_with_CloudWatchs_reason_on_one_short_line() =>
        Assert.Equal(
            new Alarm(
                "orders-rejected",
                "Threshold Crossed: 1 datapoint [3.0 (22/11/26 14:04:00)] was greater than the threshold (0.0).",
                new DateTimeOffset(2026, 11, 22, 14, 4, 0, TimeSpan.Zero),
                new DateTimeOffset(2026, 11, 22, 14, 5, 1, TimeSpan.Zero)),
            AlarmFired.Read(Example.Read(Example.Of("alarm-fired")), Example.Now).Alarm);

    /// <summary>A rejection's tag has 256 characters: what is read must fit, or it would not be found again.</summary>
    [Fact]
    public void Whatever_it_says_fits_a_rejection()
    {
        var name = $"\"{new string('n', 255)}\"";
        var alarm = AlarmFired.Read(Example.With("alarm-fired", "alarmName", name), Example.Now).Alarm with { Why = new string('w', 100) };
        var largest = new Release(9_000_000_000_000_000, 9_000_000_000_000_000);
        var rejection = new Rejection(
            largest, Release.Base, largest, Example.Now, RejectedBy.Alarm, $"alarm {alarm.Name}: {alarm.Why}");
        Assert.Equal(rejection, Rejection.Read(rejection.Key, rejection.Value));
    }

    [Theory]
    [InlineData("alarmName", "null", "detail.alarmName must be an alarm's name; it is null")]
    [InlineData("alarmName", "\"\"", "detail.alarmName must be an alarm's name; it is \"\"")]
    [InlineData("state", "{\"value\":\"OK\"}", "detail.state.value must be 'ALARM'; it is \"OK\"")]
    [InlineData("state", "3", "detail.state.value must be 'ALARM'; it is missing")]
    public void One_that_names_none_or_did_not_fire_is_refused(string field, string value, string message) =>
        Assert.Equal(
            message,
            Assert.Throws<InvalidEventException>(() =>
                AlarmFired.Read(Example.With("alarm-fired", field, value), Example.Now)).Message);

    /// <summary>An alarm of other alarms has no data of its own; a time after the event is none either.</summary>
    [Theory]
    [InlineData("{\"value\":\"ALARM\"}")]
    [InlineData("{\"value\":\"ALARM\",\"reasonData\":\"no JSON\"}")]
    [InlineData("{\"value\":\"ALARM\",\"reasonData\":\"[]\"}")]
    [InlineData("{\"value\":\"ALARM\",\"reasonData\":\"{\\\"startDate\\\":\\\"2027-01-01T00:00:00Z\\\"}\"}")]
    public void Without_the_begin_of_its_data_it_counts_from_when_it_fired(string state)
    {
        var alarm = AlarmFired.Read(Example.With("alarm-fired", "state", state), Example.Now).Alarm;
        Assert.Equal(alarm.FiredAt, alarm.From);
    }

    [Fact]
    public void Without_a_reason_it_is_an_alarm_all_the_same() =>
        Assert.Equal("", AlarmFired.Read(Example.With("alarm-fired", "state", "{\"value\":\"ALARM\"}"), Example.Now).Alarm.Why);

    [Fact]
    public void Whatever_is_in_it_no_field_makes_it_fail()
    {
        foreach (var field in new[] { "alarmName", "state" })
        {
            foreach (var value in Example.Hostile)
            {
                var error = Record.Exception(() => AlarmFired.Read(Example.With("alarm-fired", field, value), Example.Now));
                Assert.True(error is null or InvalidEventException, $"{field} {value}: {error}");
            }
        }
    }
}
