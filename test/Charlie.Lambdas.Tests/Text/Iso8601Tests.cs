using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Tests.Text;

/// <summary>Times in tags and reports.</summary>
public sealed class Iso8601Tests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-11-22T12:00:00.000Z")]
    [InlineData("2026-11-22T12:00:00Z")]
    public void Read_is_UTC_with_or_without_milliseconds(string text)
    {
        Assert.Equal(Noon, Iso8601.Read(text));
        Assert.Equal(TimeSpan.Zero, Iso8601.Read(text)!.Value.Offset);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2026-11-22")]
    [InlineData("2026-11-22T12:00:00")]
    [InlineData("2026-11-22T12:00:00.000+01:00")]
    [InlineData("2026-11-22 12:00:00.000Z")]
    [InlineData("2026-11-22T25:00:00.000Z")]
    public void Any_other_text_is_no_time(string? text) => Assert.Null(Iso8601.Read(text));

    [Fact]
    public void Written_form_is_UTC_with_milliseconds_and_reads_back()
    {
        var at = new DateTimeOffset(2026, 11, 22, 14, 0, 0, 7, TimeSpan.FromHours(2));
        Assert.Equal("2026-11-22T12:00:00.007Z", Iso8601.Write(at));
        Assert.Equal(at, Iso8601.Read(Iso8601.Write(at)));
    }
}
