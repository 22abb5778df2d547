using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;

namespace Charlie.Standins.Tests.AutoScaling;

public sealed class InstanceRefreshTests
{
    private const string Id = "08b91cf7-8fa6-48af-b6a6-d227f40f1b9b";

    private static readonly string Started = RecordingAws.Example("StartInstanceRefresh");

    [Fact]
    public async Task A_refresh_is_read_whole()
    {
        await using var aws = (await RecordingAws.StartAsync()).ThenExample("DescribeInstanceRefreshes");
        using var client = aws.Client();

        var response = await client.DescribeInstanceRefreshesAsync(
            new DescribeInstanceRefreshesRequest { AutoScalingGroupName = "my-asg" }, TestContext.Current.CancellationToken);

        var (refresh, older) = (response.InstanceRefreshes[0], response.InstanceRefreshes[1]);
        Assert.Equal((Id, "my-asg", 50, 2),
            (refresh.InstanceRefreshId, refresh.AutoScalingGroupName, refresh.PercentageComplete, refresh.InstancesToUpdate));
        Assert.Equal((InstanceRefreshStatus.RollbackInProgress, RefreshStrategy.Rolling), (refresh.Status, refresh.Strategy));
        Assert.EndsWith("is warming up.", refresh.StatusReason, StringComparison.Ordinal);
        Assert.Equal(new DateTime(2023, 11, 24, 16, 46, 52, DateTimeKind.Utc), refresh.StartTime!.Value.ToUniversalTime());
        Assert.Null(refresh.EndTime);
        var preferences = refresh.Preferences;
        Assert.Equal((120, 90, 60, 3600),
            (preferences.MaxHealthyPercentage, preferences.MinHealthyPercentage, preferences.InstanceWarmup, preferences.CheckpointDelay));
        Assert.Equal([20, 100], preferences.CheckpointPercentages);
        Assert.Equal((false, true, null), (preferences.SkipMatching, preferences.AutoRollback, preferences.BakeTime));
        Assert.Equal((ScaleInProtectedInstances.Ignore, StandbyInstances.Ignore),
            (preferences.ScaleInProtectedInstances, preferences.StandbyInstances));
        Assert.Equal("12", refresh.DesiredConfiguration.LaunchTemplate.Version);
        Assert.Null(refresh.DesiredConfiguration.MixedInstancesPolicy);
        var rollback = refresh.RollbackDetails;
        Assert.Equal(("Rollback triggered due to user request.", 75, 1),
            (rollback.RollbackReason, rollback.PercentageCompleteOnRollback, rollback.InstancesToUpdateOnRollback));
        Assert.Equal("SomethingNew", older.Status.Value);
        Assert.Equal(TimeSpan.FromSeconds(618), older.EndTime - older.StartTime);
        Assert.Null(older.Preferences);
        Assert.Null(older.RollbackDetails);
    }

    public static TheoryData<string, Func<IAmazonAutoScaling, Task<string>>> Ids => new()
    {
        { "StartInstanceRefresh", async aws =>
            (await aws.StartInstanceRefreshAsync(new StartInstanceRefreshRequest { AutoScalingGroupName = "bot" })).InstanceRefreshId },
        { "CancelInstanceRefresh", async aws =>
            (await aws.CancelInstanceRefreshAsync(new CancelInstanceRefreshRequest { AutoScalingGroupName = "bot" })).InstanceRefreshId },
        { "RollbackInstanceRefresh", async aws =>
            (await aws.RollbackInstanceRefreshAsync(new RollbackInstanceRefreshRequest { AutoScalingGroupName = "bot" }))
            .InstanceRefreshId },
    };

    [Theory]
    [MemberData(nameof(Ids), DisableDiscoveryEnumeration = true)]
    public async Task What_is_started_cancelled_or_rolled_back_is_named(string action, Func<IAmazonAutoScaling, Task<string>> call)
    {
        await using var aws = (await RecordingAws.StartAsync())
            .Then(200, Started.Replace("StartInstanceRefresh", action, StringComparison.Ordinal));
        using var client = aws.Client();
        Assert.Equal(Id, await call(client));
    }

    public static TheoryData<string, Type, Func<IAmazonAutoScaling, Task>> Errors => new()
    {
        { "InstanceRefreshInProgress", typeof(InstanceRefreshInProgressException), aws =>
            aws.StartInstanceRefreshAsync(new StartInstanceRefreshRequest()) },
        { "ActiveInstanceRefreshNotFound", typeof(ActiveInstanceRefreshNotFoundException), aws =>
            aws.CancelInstanceRefreshAsync(new CancelInstanceRefreshRequest()) },
        { "ActiveInstanceRefreshNotFound", typeof(ActiveInstanceRefreshNotFoundException), aws =>
            aws.RollbackInstanceRefreshAsync(new RollbackInstanceRefreshRequest()) },
        { "IrreversibleInstanceRefresh", typeof(IrreversibleInstanceRefreshException), aws =>
            aws.RollbackInstanceRefreshAsync(new RollbackInstanceRefreshRequest()) },
        { "InvalidNextToken", typeof(InvalidNextTokenException), aws =>
            aws.DescribeInstanceRefreshesAsync(new DescribeInstanceRefreshesRequest()) },
        { "IrreversibleInstanceRefresh", typeof(AmazonAutoScalingException), aws =>
            aws.StartInstanceRefreshAsync(new StartInstanceRefreshRequest()) },
    };

    [Theory]
    [MemberData(nameof(Errors), DisableDiscoveryEnumeration = true)]
    public async Task An_error_has_the_type_that_its_call_is_documented_with(string code, Type type, Func<IAmazonAutoScaling, Task> call)
    {
        await using var aws = (await RecordingAws.StartAsync()).Then(400, RecordingAws.Error(code, "no"));
        using var client = aws.Client();
        Assert.Equal(type, (await Assert.ThrowsAnyAsync<AmazonAutoScalingException>(() => call(client))).GetType());
    }

    [Fact]
    public async Task The_pages_of_the_history_follow_each_other()
    {
        await using var aws = (await RecordingAws.StartAsync())
            .ThenExample("DescribeInstanceRefreshes")
            .Then(200, RecordingAws.Example("DescribeInstanceRefreshes")
                .Replace("<NextToken>page-2==</NextToken>", "", StringComparison.Ordinal));
        using var client = aws.Client();
        var pages = 0;
        await foreach (var page in client.Paginators.DescribeInstanceRefreshes(
            new DescribeInstanceRefreshesRequest { AutoScalingGroupName = "my-asg" }).Responses)
        {
            Assert.Equal(2, page.InstanceRefreshes.Count);
            pages++;
        }

        Assert.Equal(2, pages);
        Assert.Equal([null, "page-2=="], aws.Seen.Select(request => request.Parameters.GetValueOrDefault("NextToken")));
    }
}
