using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>Which of two comes first in a rolling replacement.</summary>
public sealed class StrategyTests
{
    [Theory]
    [InlineData(90, 100, false)]
    [InlineData(100, 100, true)]
    [InlineData(90, 101, true)]
    [InlineData(100, 200, true)]
    public void Rolling_launches_first_where_more_may_run_or_none_may_be_missing(int min, int max, bool first) =>
        Assert.Equal(first, new Strategy.Rolling(min, max, TimeSpan.FromSeconds(60)).LaunchesFirst);
}
