using System.Text;
using Charlie.Sandbox.Context;
using Charlie.Sandbox.Events;
using Charlie.Sandbox.Lambda;
using Charlie.Sandbox.Tests.EventBridge;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Tests;

public sealed class HistoryTests
{
    [Fact]
    public void A_history_without_capacity_keeps_everything()
    {
        var history = new History<int>(null);
        Enumerable.Range(0, 5000).ToList().ForEach(history.Add);
        Assert.Equal(Enumerable.Range(0, 5000), history.From(0).Entries);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(19)]
    [InlineData(20)]
    [InlineData(1003)]
    public void A_history_keeps_its_newest_entries_at_their_positions(int added)
    {
        var history = new History<int>(10);
        Enumerable.Range(0, added).ToList().ForEach(history.Add);
        var (kept, next) = history.From(0);
        Assert.Equal(added, next);
        Assert.InRange(kept.Count, Math.Min(added, 10), 19);
        Assert.Equal(Enumerable.Range(added - kept.Count, kept.Count), kept);
    }

    [Fact]
    public void A_reader_that_follows_misses_nothing()
    {
        var history = new History<int>(10);
        var read = new List<int>();
        var position = 0;
        for (var entry = 0; entry < 100; entry++)
        {
            history.Add(entry);
            (var entries, position) = history.From(position);
            read.AddRange(entries);
        }

        Assert.Equal(Enumerable.Range(0, 100), read);
        Assert.Equal((0, 250), (history.From(250).Entries.Count, history.From(250).Next));
    }

    [Fact]
    public void A_cloud_that_stays_up_keeps_a_bounded_part_of_what_happened()
    {
        using var cloud = new Cloud(TimeProvider.System, new AwsTimings(), seed: 1, historyLength: 10);
        var plane = new EventPlane(cloud.Context, new ScriptedHost(), new EventFaults());
        var call = new WireRequest("/", "", null, null, Encoding.UTF8.GetBytes("Action=DescribeLaunchTemplates&Version=2016-11-15"));
        for (var count = 0; count < 500; count++)
        {
            cloud.Timeline.Record("ec2", "Something", "i-1", $"{count}");
            cloud.Endpoint.Respond(call);
            plane.Invocations.Add(new InvocationRecord(new Invocation(new FunctionConfiguration("f", "F"), "r", "{}", count), default));
        }

        Assert.All([cloud.Timeline.From(0).Count, cloud.Endpoint.Calls.Count, plane.Invocations.Records.Count], kept =>
            Assert.InRange(kept, 10, 19));
        Assert.Equal("499", cloud.Timeline.From(0)[^1].Text);
        Assert.Equal(499, plane.Invocations.Records[^1].Invocation.Attempt);
    }
}
