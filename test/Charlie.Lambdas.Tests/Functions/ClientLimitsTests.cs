using Amazon.AutoScaling;
using Amazon.EC2;
using Charlie.Lambdas.Aws;
using Charlie.Lambdas.Functions;

namespace Charlie.Lambdas.Tests.Functions;

/// <summary>An endpoint that does not respond keeps no run for long.</summary>
public sealed class ClientLimitsTests
{
    [Fact]
    public void A_call_takes_ten_seconds_and_two_retries_at_most()
    {
        var (ec2, autoScaling) = (ClientLimits.Limit(new AmazonEC2Config()), ClientLimits.Limit(new AmazonAutoScalingConfig()));
        Assert.Equal((TimeSpan.FromSeconds(10), 2), (ec2.Timeout, ec2.MaxErrorRetry));
        Assert.Equal((TimeSpan.FromSeconds(10), 2), (autoScaling.Timeout, autoScaling.MaxErrorRetry));
    }

    [Theory]
    [InlineData(890, 50)]
    [InlineData(50, 50)]
    [InlineData(20, 20)]
    public void A_sweep_has_fifty_seconds_or_what_Lambda_leaves_it(int available, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), SweepLimit.Of(TimeSpan.FromSeconds(available)));
}
