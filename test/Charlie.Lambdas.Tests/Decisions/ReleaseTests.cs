using Charlie.Lambdas.Decisions;
using CsCheck;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>A release's written form and order.</summary>
public sealed class ReleaseTests
{
    [Fact]
    public void Written_form_reads_back() =>
        Gen.Select(Gen.Long[0, long.MaxValue], Gen.Long[0, long.MaxValue]).Each((pipeline, job) =>
        {
            var release = new Release(pipeline, job);
            Assert.True(Release.TryParse(release.ToString(), out var read));
            Assert.Equal(release, read);
        });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.2.3")]
    [InlineData("-1.2")]
    [InlineData("1.+2")]
    [InlineData("01.2")]
    [InlineData(" 1.2")]
    [InlineData("1.2\n")]
    [InlineData("1.99999999999999999999")]
    [InlineData("1,000.2")]
    public void Any_other_text_is_no_release(string? text) => Assert.False(Release.TryParse(text, out _));

    [Fact]
    public void Order_is_by_job_and_then_by_pipeline()
    {
        var ordered = new Release[] { new(10, 0), new(1, 1), new(2, 1), new(1, 2), new(1, 11_000_000_000), new(1, 11_000_000_001) };
        Assert.Equal(ordered, ordered.Reverse().Order());
        Assert.True(new Release(2, 1) < new Release(1, 2) && new Release(1, 2) > new Release(2, 1));
        Assert.True(new Release(1, 2) <= new Release(1, 2) && new Release(1, 2) >= new Release(1, 2));
        Assert.False(new Release(1, 2) < new Release(1, 2) || new Release(1, 2) > new Release(1, 2));
        Assert.False(new Release(1, 2) <= new Release(2, 1) || new Release(2, 1) >= new Release(1, 2));
        Assert.Equal(new Release(1, 9), Release.Max(new Release(1, 9), new Release(2, 1)));
        Assert.Equal(new Release(1, 9), Release.Max(new Release(2, 1), new Release(1, 9)));
    }

    [Fact]
    public void A_job_that_is_run_again_is_newer_than_every_job_before() =>
        Assert.True(new Release(1000, 5_000_000_300) > new Release(2000, 5_000_000_200));
}
