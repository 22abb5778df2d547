using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>The rejection's record tag, to the character, and what it covers.</summary>
public sealed class RejectionTests
{
    private static readonly Release Old = new(4, 1);
    private static readonly Release Its = new(5, 1);

    [Theory]
    [InlineData("charlie", true)]
    [InlineData("operator", false)]
    [InlineData("group", false)]
    public void Written_form_has_its_writer_and_reads_back(string token, bool isReportedByItsWriter)
    {
        var by = Enum.Parse<RejectedBy>(token, ignoreCase: true);
        var rejection = new Rejection(new Release(6, 1), Old, Its, Arbitrary.Noon, by, "app: exited with 1");
        Assert.Equal("charlie:rejected:6.1:4.1", rejection.Key);
        Assert.Equal($"5.1 2026-11-22T12:00:00.000Z {token} app: exited with 1", rejection.Value);
        Assert.Equal(rejection, Rejection.Read(rejection.Key, rejection.Value));
        Assert.Equal(isReportedByItsWriter, !rejection.IsReportedBySweep);
    }

    [Fact]
    public void Covers_what_is_above_the_fallback_up_to_the_greatest_rejected()
    {
        var rejection = new Rejection(new Release(6, 1), Old, Its, Arbitrary.Noon, RejectedBy.Charlie, "");
        Release[] releases = [new(3, 1), Old, new(4, 2), Its, new(6, 1), new(6, 2), new(7, 1)];
        Assert.Equal([Its, new(6, 1)], releases.Where(rejection.Covers));
    }

    [Theory]
    [InlineData(300, 256)]
    [InlineData(219, 256)]
    [InlineData(218, 256)]
    [InlineData(217, 255)]
    public void A_reason_is_cut_to_what_a_tag_holds(int length, int written)
    {
        var rejection = new Rejection(Its, Old, Its, Arbitrary.Noon, RejectedBy.Operator, new string('x', length));
        Assert.Equal(written, rejection.Value.Length);
        Assert.StartsWith("5.1 2026-11-22T12:00:00.000Z operator x", rejection.Value, StringComparison.Ordinal);
        Assert.NotNull(Rejection.Read(rejection.Key, rejection.Value));
    }

    [Theory]
    [InlineData("charlie:rejected:5.1", "5.1 2026-11-22T12:00:00.000Z charlie app")]
    [InlineData("charlie:rejected:5.1:4.1:3.1", "5.1 2026-11-22T12:00:00.000Z charlie app")]
    [InlineData("charlie:rejected:five:4.1", "5.1 2026-11-22T12:00:00.000Z charlie app")]
    [InlineData("charlie:rejected:5.1:four", "5.1 2026-11-22T12:00:00.000Z charlie app")]
    [InlineData("charlie:rejected:5.1:5.1", "5.1 2026-11-22T12:00:00.000Z charlie it covers nothing")]
    [InlineData("charlie:rejected:4.1:5.1", "5.1 2026-11-22T12:00:00.000Z charlie it covers nothing")]
    [InlineData("charlie:rejected:5.1:4.1", "five 2026-11-22T12:00:00.000Z charlie app")]
    [InlineData("charlie:rejected:5.1:4.1", "5.1 yesterday charlie app")]
    [InlineData("charlie:rejected:5.1:4.1", "5.1 2026-11-22T12:00:00.000Z somebody app")]
    [InlineData("charlie:rejected:5.1:4.1", "5.1 2026-11-22T12:00:00.000Z Charlie app")]
    [InlineData("charlie:rejected:5.1:4.1", "5.1 2026-11-22T12:00:00.000Z charlie")]
    public void Any_other_text_is_no_rejection(string key, string value) => Assert.Null(Rejection.Read(key, value));
}
