using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Charlie.EndToEnd.Tests.Fixture;
using Charlie.Sandbox.Lambda;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Images;
using Charlie.Simulation.Production;

namespace Charlie.EndToEnd.Tests.Malformed;

/// <summary>What comes through the front door malformed is refused with a reason, notified, and changes nothing at all.</summary>
public sealed class MalformedEventTests
{
    private static readonly TimeProvider Time = TimeProvider.System;

    [Fact]
    public async Task An_invalid_or_stale_event_changes_nothing_and_is_reported_with_its_reason()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var aws = await QuickAws.StartAsync(QuickAws.Never, cancellation);
        var events = await PrepareAsync(aws, cancellation);
        var before = await Snapshot.TakeAsync(aws, cancellation);
        var invocations = CountInvocations(aws);
        var alerts = aws.Alerts().Count;

        using var door = new EventDoor(aws.Endpoint);
        var wrong = new List<string>();
        var (rejected, stale) = (0, 0);
        foreach (var malformed in events.All)
        {
            var (eventId, refusal) = await door.PutAsync(malformed.Entry, cancellation);
            if ((refusal is not null) != (malformed.Refusal == Refusal.ByEventBridge))
            {
                wrong.Add($"{malformed.What}: EventBridge says {refusal ?? "yes"}");
            }
            else if (malformed.Refusal is Refusal.Rejected or Refusal.Stale or Refusal.Duplicate)
            {
                rejected += malformed.Refusal == Refusal.Rejected ? 1 : 0;
                stale += malformed.Refusal == Refusal.Stale ? 1 : 0;
                invocations++;
                var violation = ViolationOf(malformed, await UntilEndedAsync(aws, eventId!, cancellation));
                wrong.AddRange(violation is null ? [] : [$"{malformed.What}: {violation}"]);
            }
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
        await LocalAws.UntilAsync(
            "every alert", () => Task.FromResult(aws.Alerts().Count >= alerts + rejected + stale), Time, cancellation);
        var notified = aws.Alerts().Skip(alerts).ToList();
        Assert.Equal(rejected, notified.Count(alert => AlertSubject("REJECTED").IsMatch(alert)));
        Assert.Equal(stale, notified.Count(alert => AlertSubject("STALE").IsMatch(alert)));
        Assert.Equal(rejected + stale, notified.Count);
        Assert.All(notified, alert =>
            Assert.DoesNotContain(
            alert, character => (char.IsControl(character) && character != '\n') || character is '\u202e' or '\u200b' or '\ufeff'));

        // Every event that should not run a function ran none; none failed, and none waits in the dead-letter queue.
        Assert.Equal(invocations, CountInvocations(aws));
        var seen = CloudView.Of(aws);
        Assert.Equal((0, 0), (seen.Unfinished, seen.GivenUp));
        Assert.Equal(before, await Snapshot.TakeAsync(aws, cancellation));

        static Regex AlertSubject(string word) => new(@"\A\[charlie\] " + word + @"( [0-9.]+| \S+ \([0-9.]+\))?: nothing was changed\n");
    }

    /// <summary>A confirmed release, and one above it that was rolled back.</summary>
    private static async Task<MalformedEvents> PrepareAsync(LocalAws aws, CancellationToken cancellation)
    {
        var (good, bad) = (new BotImage("good"), new BotImage("bad"));
        var running = await aws.Pipeline.PushAsync(good, cancellation);
        await aws.UntilReportedAsync(running, "Confirmed", Time, cancellation);
        aws.SetBehaviour(bad, new ImageBehaviour(BehaviourKind.Exits, TimeSpan.FromMilliseconds(200), TimeSpan.Zero, "no account"));
        var rejected = await aws.Pipeline.PushAsync(bad, cancellation);
        await aws.UntilReportedAsync(rejected, "RolledBack", Time, cancellation);
        await aws.UntilReportedAsync(running, "InstanceReady", Time, cancellation);
        await LocalAws.UntilAsync(
            "the good release in service, and nothing else",
            () =>
            {
                var seen = CloudView.Of(aws);
                return Task.FromResult(
                    seen is
                    {
                        Unfinished: 0, Alive: 1,
                        Members: [{ State: Sandbox.AutoScaling.LifecycleState.InService } only]
                    } && only.Release == running);
            },
            Time,
            cancellation);
        return new MalformedEvents(Ids(running), Ids(rejected), good, bad);
    }

    private static (long Pipeline, long Job) Ids(string release) =>
        release.Split('.') is [var pipeline, var job] ? (long.Parse(pipeline, null), long.Parse(job, null))
            : throw new FormatException(release);

    private static async Task<InvocationRecord> UntilEndedAsync(LocalAws aws, string eventId, CancellationToken cancellation)
    {
        InvocationRecord? ended = null;
        await LocalAws.UntilAsync(
            $"the end of event {eventId}",
            () =>
            {
                lock (aws.Cloud.Gate)
                {
                    // The destination's event carries the first one's id too; the invocation is the newest by far.
                    ended = aws.Events.Invocations.Records.LastOrDefault(
                        record => IsNoNotification(record) && record.Invocation.Payload.Contains(eventId, StringComparison.Ordinal));
                }

                return Task.FromResult(ended?.Result is not null);
            },
            Time,
            cancellation);
        return ended!;
    }

    private static string? ViolationOf(MalformedEvent malformed, InvocationRecord ended)
    {
        if (ended.Result is not { Status: InvocationStatus.Succeeded, Payload: { } payload } || ended.Invocation.Attempt != 1)
        {
            return $"attempt {ended.Invocation.Attempt} ended with {ended.Result?.Status}: {ended.Result?.Payload}";
        }

        var report = JsonNode.Parse(payload)!;
        var reason = (string?)report["reason"] ?? "";
        var isDuplicate = malformed.Refusal == Refusal.Duplicate;
        var outcome = isDuplicate ? Refusal.Stale : malformed.Refusal;
        return ((string?)report["outcome"], (bool?)report["notify"]) != ($"{outcome}", !isDuplicate) ? $"reported as {payload}"
            : !reason.Contains(malformed.Names, StringComparison.Ordinal) ? $"the reason does not name {malformed.Names}: {reason}"
            : null;
    }

    // Notify is run by what the others returned.
    private static bool IsNoNotification(InvocationRecord record) => record.Invocation.Function.Handler != "Notify";

    private static int CountInvocations(LocalAws aws)
    {
        lock (aws.Cloud.Gate)
        {
            return aws.Events.Invocations.Records.Count(IsNoNotification);
        }
    }
}
