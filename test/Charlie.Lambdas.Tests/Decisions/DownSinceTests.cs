using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>The record tag of the app being down, as text.</summary>
public sealed class DownSinceTests
{
    public static TheoryData<bool, bool, string> Written => new()
    {
        { true, false, "2026-11-22T12:00:00.000Z 3 -" },
        { true, true, "2026-11-22T12:00:00.000Z 3 2026-11-22T11:00:00.000Z" },
        { false, true, "- 3 2026-11-22T11:00:00.000Z" },
    };

    [Theory]
    [MemberData(nameof(Written))]
    public void What_is_down_is_read_as_it_was_written(bool isDown, bool isSick, string value)
    {
        var down = new DownSince(isDown ? Arbitrary.Noon : null, 3, isSick ? Arbitrary.Noon.AddHours(-1) : null);
        Assert.Equal(value, down.Value);
        Assert.Equal(down, DownSince.Read(value));
        Assert.Equal(down, Records.Read([], [new(DownSince.TagKey, value)]).Down);
    }

    [Fact]
    public void What_is_not_down_is_a_dash()
    {
        Assert.Equal("-", DownSince.NotDown.Value);
        Assert.Equal(DownSince.NotDown, DownSince.Read("-"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-11-22T12:00:00.000Z")]
    [InlineData("2026-11-22T12:00:00.000Z 3")]
    [InlineData("2026-11-22T12:00:00.000Z 3 machine")]
    [InlineData("2026-11-22T12:00:00.000Z -3 -")]
    [InlineData("2026-11-22T12:00:00.000Z 99999999999 -")]
    [InlineData("yesterday 3 -")]
    [InlineData("2026-11-22T12:00:00.000Z 3 yesterday")]
    public void A_malformed_value_is_not_read(string value)
    {
        Assert.Null(DownSince.Read(value));
        var records = Records.Read([], [new(DownSince.TagKey, value)]);
        Assert.Equal([DownSince.TagKey], records.Unreadable);
        Assert.Null(records.Down);
    }
}
