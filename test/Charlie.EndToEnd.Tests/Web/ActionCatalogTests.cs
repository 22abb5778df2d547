using System.Text.Json.Nodes;
using Charlie.Cli.Web.Actions;
using Charlie.Lambdas.Decisions;
using static Charlie.EndToEnd.Tests.Operating.Examples;

namespace Charlie.EndToEnd.Tests.Web;

/// <summary>What the page offers, what its commands say, and what comes of it.</summary>
public sealed class ActionCatalogTests
{
    private static readonly Uri Embedded = new("http://127.0.0.1:4566");

    [Fact]
    public void An_account_is_steered_and_never_broken()
    {
        var offered = Of(Confirmed(), embedded: null);
        Assert.Equal(["roll-back", "hold", "resume", "restart", "stop", "start"], offered.Select(action => action.Name));
        Assert.Equal(["roll-back", "hold", "restart", "stop"], offered.Where(action => action.IsOpen).Select(action => action.Name));
    }

    [Fact]
    public void The_embedded_AWS_is_pushed_to_and_broken_too()
    {
        var offered = Of(Confirmed(), Embedded);
        Assert.Equal(PushKind.All.Count, offered.Count(action => action.Group == "push"));
        Assert.Equal(4, offered.Count(action => action.Group == "break"));
        Assert.All(offered.Where(action => action.IsOpen), action => Assert.NotEmpty(action.Commands));
    }

    [Fact]
    public void Without_an_instance_in_service_there_is_none_to_kill() =>
        Assert.False(Of(Confirmed().WithGroup(group => group with { Instances = [] }), Embedded)
            .Single(action => action.Name == "kill-instance").IsOpen);

    [Fact]
    public void A_hold_is_resumed_and_not_held_again()
    {
        var held = Confirmed().With(records => records.With(new Hold(Holder.Operator, Second, Now, null, "why")));
        Assert.Equal(["resume"], Of(held, null).Where(one => one is { IsOpen: true, Name: "hold" or "resume" }).Select(one => one.Name));
    }

    /// <summary>What a person pastes is the very event that the button puts.</summary>
    [Fact]
    public async Task The_aws_command_of_a_button_is_the_event_that_it_puts()
    {
        var source = new FakeSource(Confirmed(), Embedded);
        var runner = new ActionRunner(source, TimeProvider.System);
        foreach (var action in ActionCatalog.Of(source.App, source.Snapshot).Where(one => one.IsOpen && one.Group != "break"))
        {
            source.Put.Clear();
            var answer = await runner.RunAsync(action.Name, "why", CancellationToken.None);
            Assert.True(answer.IsTaken, answer.Summary);
            var command = action.Commands.Single(one => one.Tool == "aws").Line;
            var entry = JsonNode.Parse(command[(command.IndexOf('\'') + 1)..command.LastIndexOf('\'')])![0]!;
            var put = Assert.Single(source.Put);
            Assert.Equal((put.Source, put.DetailType), ((string)entry["Source"]!, (string)entry["DetailType"]!));
            Assert.True(JsonNode.DeepEquals(put.Detail, JsonNode.Parse((string)entry["Detail"]!)), command);
        }
    }

    [Fact]
    public async Task A_bad_image_is_set_before_it_is_pushed()
    {
        var source = new FakeSource(Confirmed(), Embedded);
        await new ActionRunner(source, TimeProvider.System).RunAsync("push-crashing", null, CancellationToken.None);
        var digest = ((string)Assert.Single(source.Put).Detail["image"]!).Split('@')[1];
        Assert.Equal([$$"""{{digest}} {"behaviour":"exits","reason":"panic: no config"}"""], source.Posted);
    }

    [Fact]
    public async Task A_request_that_the_functions_would_turn_down_is_not_put()
    {
        var source = new FakeSource(Confirmed().With(records => records with
        {
            Confirmations = [],
            Versions = [Version(1, Release.Base)],
        }));
        var answer = await new ActionRunner(source, TimeProvider.System).RunAsync("roll-back", "why", CancellationToken.None);
        Assert.False(answer.IsTaken);
        Assert.Empty(source.Put);
    }

    [Fact]
    public async Task A_plan_puts_nothing()
    {
        var source = new FakeSource(Confirmed());
        var plan = await new ActionRunner(source, TimeProvider.System).PlanAsync("roll-back", "why");
        Assert.True(plan.IsTaken);
        Assert.Contains(plan.Planned, line => line.Contains("reject", StringComparison.OrdinalIgnoreCase));
        Assert.Empty(source.Put);
    }

    [Theory]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("plain", "'plain'")]
    public void A_quotation_mark_ends_no_argument(string text, string quoted) => Assert.Equal(quoted, Shell.Quote(text));

    private static IReadOnlyList<ActionDocument> Of(Snapshot snapshot, Uri? embedded) =>
        ActionCatalog.Of(new FakeSource(snapshot, embedded).App, snapshot);
}
