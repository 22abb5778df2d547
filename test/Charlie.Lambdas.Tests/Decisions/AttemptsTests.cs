using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>The record tag of machines that failed: what it counts, and that it fits in a tag.</summary>
public sealed class AttemptsTests
{
    private static readonly Release Its = new(1048576, 77001);
    private static readonly string Key = Attempts.Prefix + Its;

    [Fact]
    public void Counted_machines_are_read_as_they_were_written()
    {
        var attempts = new Attempts(Its, Arbitrary.Noon, 7, ["i-1", "i-2"], "machine: no disk, 8 min after its launch");
        Assert.Equal("2026-11-22T12:00:00.000Z 7 i-1,i-2 machine: no disk, 8 min after its launch", attempts.Value);
        Assert.Equal(attempts, Attempts.Read(attempts.Key, attempts.Value));
    }

    [Fact]
    public void Emptied_ones_are_read_as_they_were_written()
    {
        var emptied = new Attempts(Its, Arbitrary.Noon, 7, ["i-1"], "machine: no disk").Emptied();
        Assert.Equal("2026-11-22T12:00:00.000Z 0 - -", emptied.Value);
        var read = Assert.IsType<Attempts>(Attempts.Read(emptied.Key, emptied.Value));
        Assert.Equal(emptied, read);
        Assert.Empty(read.Instances);
        Assert.Equal((0, "", Arbitrary.Noon), (read.Count, read.LastFailure, read.FirstLaunch));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("2026-11-22T12:00:00.000Z 7 i-1")]
    [InlineData("yesterday 7 i-1 machine")]
    [InlineData("2026-11-22T12:00:00.000Z -7 i-1 machine")]
    [InlineData("2026-11-22T12:00:00.000Z seven i-1 machine")]
    [InlineData("2026-11-22T12:00:00.000Z 99999999999 i-1 machine")]
    public void A_malformed_value_is_not_read(string value)
    {
        Assert.Null(Attempts.Read(Key, value));
        Assert.Equal([Key], Records.Read([], [new(Key, value)]).Unreadable);
    }

    [Fact]
    public void A_malformed_release_is_not_read() => Assert.Null(Attempts.Read("charlie:attempts:1.x", "2026-11-22T12:00:00.000Z 0 - -"));

    [Fact]
    public void The_first_machine_that_failed_gives_the_first_launch()
    {
        var first = Attempts.With(null, Its, "i-1", Arbitrary.Noon, "machine: no disk");
        var second = Attempts.With(first, Its, "i-2", Arbitrary.Noon.AddMinutes(9), "silent");
        Assert.Equal(new Attempts(Its, Arbitrary.Noon, 1, ["i-1"], "machine: no disk"), first);
        Assert.Equal(new Attempts(Its, Arbitrary.Noon, 2, ["i-1", "i-2"], "silent"), second);
    }

    [Fact]
    public void A_machine_is_counted_once()
    {
        var once = Attempts.With(null, Its, "i-1", Arbitrary.Noon, "machine: no disk");
        Assert.Same(once, Attempts.With(once, Its, "i-1", Arbitrary.Noon.AddMinutes(1), "silent"));
    }

    [Fact]
    public void The_last_five_machines_are_kept_and_all_are_counted()
    {
        var attempts = Enumerable.Range(1, 9).Aggregate(
            (Attempts?)null, (before, number) => Attempts.With(before, Its, $"i-{number}", Arbitrary.Noon, "silent"));
        Assert.Equal(["i-5", "i-6", "i-7", "i-8", "i-9"], attempts!.Instances);
        Assert.Equal(9, attempts.Count);
    }

    [Fact]
    public void The_longest_one_fits_in_a_tag()
    {
        var release = new Release(long.MaxValue, long.MaxValue);
        var attempts = Enumerable.Range(0, 5).Aggregate(
            new Attempts(release, Arbitrary.Noon, int.MaxValue - 5, [], ""),
            (before, number) => Attempts.With(before, release, $"i-0123456789abcdef{number}", Arbitrary.Noon, new string('x', 1000)));
        Assert.InRange(attempts.Value.Length, 200, 256);
        Assert.InRange(attempts.Key.Length, 1, 128);
        Assert.Equal(attempts, Attempts.Read(attempts.Key, attempts.Value));
    }

    [Fact]
    public void A_failure_of_many_lines_becomes_one() =>
        Assert.Equal("one two", Attempts.With(null, Its, "i-1", Arbitrary.Noon, "one\ntwo").LastFailure);
}
