using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Tests.Text;

/// <summary>Durations in the words of a report.</summary>
public sealed class DurationTests
{
    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(45, "45 s")]
    [InlineData(59.9, "59 s")]
    [InlineData(60, "1 min")]
    [InlineData(130, "2 min 10 s")]
    [InlineData(300, "5 min")]
    [InlineData(3599, "59 min 59 s")]
    [InlineData(3600, "1 h")]
    [InlineData(11100, "3 h 5 min")]
    [InlineData(3659, "1 h")]
    [InlineData(90000, "25 h")]
    public void Of_seconds_has_at_most_two_units(double seconds, string written) =>
        Assert.Equal(written, Duration.Of(TimeSpan.FromSeconds(seconds)));
}
