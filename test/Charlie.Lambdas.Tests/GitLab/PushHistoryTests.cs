using Charlie.Lambdas.GitLab;

namespace Charlie.Lambdas.Tests.GitLab;

/// <summary>Which of several reports GitLab shows, in whatever order they come.</summary>
public sealed class PushHistoryTests
{
    private const string Url = "https://gitlab.com/p/-/pipelines/7";

    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, 125, TimeSpan.Zero);

    private static readonly ToldEnd Confirmed = new("7.1", PushState.Success, Noon, "It was confirmed.");
    private static readonly ToldEnd RolledBack = new("7.1", PushState.Failed, Noon.AddMinutes(1), "It was rolled back.");
    private static readonly ToldEnd Overtaken = new("7.1", PushState.Canceled, Noon.AddMinutes(2), "It was overtaken.");
    private static readonly ToldEnd Again = new("7.2", PushState.Success, Noon.AddMinutes(9), "It was confirmed.");

    [Fact]
    public void The_first_end_is_shown() =>
        Assert.Equal((PushState.Success, Confirmed), PushHistory.Next(Confirmed, repeats: false, []));

    [Fact]
    public void What_is_shown_is_not_set_again() =>
        Assert.Equal((PushState.Success, null), PushHistory.Next(Confirmed, repeats: false, [Confirmed]));

    [Fact]
    public void A_later_end_follows_an_earlier_one() =>
        Assert.Equal((PushState.Failed, RolledBack), PushHistory.Next(RolledBack, repeats: false, [Confirmed]));

    [Fact]
    public void A_late_report_of_an_earlier_end_changes_nothing() =>
        Assert.Equal((PushState.Failed, null), PushHistory.Next(Confirmed, repeats: false, [RolledBack]));

    [Fact]
    public void What_two_runs_wrote_in_the_wrong_order_is_put_right() =>
        Assert.Equal((PushState.Failed, RolledBack), PushHistory.Next(Confirmed, repeats: false, [RolledBack, Confirmed]));

    [Fact]
    public void A_push_that_came_to_an_end_of_its_own_was_not_overtaken()
    {
        Assert.Equal((PushState.Failed, null), PushHistory.Next(Overtaken, repeats: true, [RolledBack]));
        Assert.Equal((PushState.Success, Confirmed), PushHistory.Next(Confirmed, repeats: false, [Overtaken]));
    }

    [Fact]
    public void Of_two_ends_at_one_moment_the_rollback_is_the_last()
    {
        var late = RolledBack with { At = Confirmed.At };
        Assert.Equal((PushState.Failed, late), PushHistory.Next(late, repeats: false, [Confirmed]));
        Assert.Equal((PushState.Failed, null), PushHistory.Next(Confirmed, repeats: false, [late]));
    }

    [Fact]
    public void An_attempt_that_failed_once_more_is_not_set_again()
    {
        var second = RolledBack with { At = Noon.AddMinutes(5) };
        Assert.Equal((PushState.Failed, null), PushHistory.Next(second, repeats: true, [RolledBack]));
        Assert.Equal((PushState.Failed, second), PushHistory.Next(second, repeats: false, [RolledBack]));
        Assert.Equal((PushState.Failed, second), PushHistory.Next(second, repeats: true, [Confirmed]));
    }

    /// <summary>A job that is run again is a release of its own in the same pipeline: one status, and two deployments.</summary>
    [Fact]
    public void A_deployment_follows_its_own_release_and_the_status_the_pipeline()
    {
        Assert.Equal((PushState.Failed, null), PushHistory.Next(RolledBack, repeats: false, [Again]));
        Assert.Equal((PushState.Success, Again), PushHistory.Next(Again, repeats: false, [RolledBack]));
    }

    [Fact]
    public void The_pipelines_newest_job_counts_however_late_an_older_one_was_overtaken()
    {
        var late = Overtaken with { At = Again.At.AddMinutes(20) };
        Assert.Equal((PushState.Canceled, null), PushHistory.Next(late, repeats: true, [Again]));
        Assert.Equal((PushState.Canceled, Again), PushHistory.Next(late, repeats: true, [Again, late]));
    }

    [Fact]
    public void The_same_state_is_not_set_for_an_older_time()
    {
        var older = Overtaken with { At = Noon.AddMinutes(1) };
        Assert.Equal((PushState.Canceled, null), PushHistory.Next(older, repeats: true, [Overtaken, older]));
    }

    /// <summary>A status that is not set is an end that nobody can read later. Each report of a start may name both again.</summary>
    [Fact]
    public void Two_of_a_pipeline_that_were_overtaken_are_one_status_each()
    {
        var other = Overtaken with { Release = "7.2", At = Noon.AddMinutes(3) };
        Assert.Equal((PushState.Canceled, other), PushHistory.Next(other, repeats: true, [Overtaken]));
        Assert.Equal((PushState.Canceled, null), PushHistory.Next(Overtaken, repeats: true, [Overtaken, other]));
        Assert.Equal((PushState.Canceled, null), PushHistory.Next(other, repeats: true, [Overtaken, other]));
        Assert.Equal((PushState.Canceled, null), PushHistory.Next(other, repeats: true, [Confirmed, Overtaken with { Release = "7.3" }]));
    }

    [Fact]
    public void What_was_written_is_read()
    {
        var url = RolledBack.Url(Url);
        Assert.Equal($"{Url}#charlie-7.1-2026-11-22T12:01:00.125Z", url);
        Assert.Equal(RolledBack, ToldEnd.Read(new ShownStatus(1, "failed", url, RolledBack.Description)));
    }

    [Theory]
    [InlineData("running", Url + "#charlie-7.1-2026-11-22T12:01:00.125Z")]
    [InlineData("failed", Url + "#charlie-7.1-noon")]
    [InlineData("failed", Url + "#charlie-7.1")]
    [InlineData("failed", Url)]
    [InlineData("failed", null)]
    public void What_Charlie_did_not_write_is_ignored(string state, string? url) =>
        Assert.Null(ToldEnd.Read(new ShownStatus(1, state, url, null)));
}
