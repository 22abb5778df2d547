using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>The record tag of the back-off as text, and the back-off over days. <see cref="ServiceHealthTests"/> has its limits.</summary>
public sealed class ReplacementTests
{
    private static readonly Release Its = new(5, 1);

    [Fact]
    public void A_replacement_is_read_as_it_was_written()
    {
        var replacement = new Replacement(new Release(long.MaxValue, long.MaxValue), int.MaxValue, Arbitrary.Noon.AddMilliseconds(7));
        Assert.Equal("2147483647 2026-11-22T12:00:00.007Z", replacement.Value);
        Assert.Equal(replacement, Replacement.Read(replacement.Key, replacement.Value));
        Assert.InRange(replacement.Key.Length, 1, 128);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("one 2026-11-22T12:00:00.000Z")]
    [InlineData("-1 2026-11-22T12:00:00.000Z")]
    [InlineData("99999999999 2026-11-22T12:00:00.000Z")]
    [InlineData("1 yesterday")]
    [InlineData("1 2026-11-22T12:00:00.000Z more")]
    public void A_malformed_value_is_not_read(string value)
    {
        Assert.Null(Replacement.Read("charlie:replaced:5.1", value));
        Assert.Equal(["charlie:replaced:5.1"], Records.Read([], [new("charlie:replaced:5.1", value)]).Unreadable);
    }

    [Fact]
    public void A_malformed_release_is_not_read() =>
        Assert.Null(Replacement.Read("charlie:replaced:05.1", "1 2026-11-22T12:00:00.000Z"));

    [Fact]
    public void A_hundred_hours_of_illness_are_a_replacement_an_hour()
    {
        var (last, times) = ((Replacement?)null, new List<double>());
        for (var minute = 3; minute < 6000; minute++)
        {
            var now = Arbitrary.Noon.AddMinutes(minute);
            // Each new machine is sick from its second minute on.
            if (Replacement.Next(last, Its, (last?.LastAt ?? Arbitrary.Noon.AddMinutes(-2)).AddMinutes(2), now) is { } next)
            {
                times.Add(minute);
                last = next;
            }
        }

        Assert.Equal([3, 13, 43, 103, 163], times.Take(5));
        Assert.All(times.Skip(3).Zip(times.Skip(4)), pair => Assert.Equal(60, pair.Second - pair.First));
    }
}
