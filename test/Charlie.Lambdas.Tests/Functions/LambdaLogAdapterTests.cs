using Charlie.Lambdas.Functions;
using Charlie.Lambdas.Reports;
using Microsoft.Extensions.Logging;

namespace Charlie.Lambdas.Tests.Functions;

/// <summary>What reaches Lambda's log: the template, its fields in order, and the event id.</summary>
public sealed class LambdaLogAdapterTests
{
    private readonly RecordingLogger lambda = new();

    [Fact]
    public void A_line_has_its_level_template_fields_and_event_id()
    {
        new Log(lambda).VersionWarning(7, "5.1", "InvalidInstanceType: There is no m0.huge.");
        var (level, message, arguments) = Assert.Single(lambda.Lines);
        Assert.Equal("Warning", level);
        Assert.Equal(
            "EC2 warns about version {Version} of release {Release}: {Warning}; check the base version's settings [{EventId}]", message);
        Assert.Equal(["7", "5.1", "InvalidInstanceType: There is no m0.huge.", 4], arguments);
    }

    [Fact]
    public void A_report_is_logged_with_what_does_not_apply_left_empty()
    {
        new Log(lambda).Ended(new DeploymentReport
        {
            Outcome = Outcome.NothingToDo,
            App = "charlie",
            Group = "charlie",
            Summary = "Nothing to do: it is in sync.",
        });
        var (level, _, arguments) = Assert.Single(lambda.Lines);
        Assert.Equal("Information", level);
        Assert.Equal(["NothingToDo", "Nothing to do: it is in sync.", "", "", "0", 5], arguments);
    }

    [Fact]
    public void A_state_without_fields_is_logged_as_its_text()
    {
        new LambdaLogAdapter(lambda).Log(LogLevel.Error, new EventId(9), 42, null, (state, _) => $"the state is {state}");
        var (level, message, arguments) = Assert.Single(lambda.Lines);
        Assert.Equal(("Error", "the state is 42"), (level, message));
        Assert.Empty(arguments);
    }

    [Fact]
    public void Every_level_but_none_is_enabled()
    {
        var adapter = new LambdaLogAdapter(lambda);
        Assert.All(Enum.GetValues<LogLevel>(), level => Assert.Equal(level != LogLevel.None, adapter.IsEnabled(level)));
        Assert.Null(adapter.BeginScope("scope"));
    }
}
