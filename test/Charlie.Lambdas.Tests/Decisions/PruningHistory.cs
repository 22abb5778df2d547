using System.Collections.Immutable;
using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>
/// The life of a launch template: outcomes of every kind in any order, other people's tags, and a sweep now and then. Each
/// write makes room first, as the functions do. All of it is drawn from a seed.
/// </summary>
internal sealed class PruningHistory
{
    private const int MaxTags = 50;
    private const int Reserve = 4;
    private const int MaxOthers = 30;

    private readonly Random random;
    private readonly List<string> events = [];
    private readonly List<Release> wereDesired = [];
    private Records records = Records.Read([Arbitrary.Version(1, Release.Base)], []);
    private DateTimeOffset now = Arbitrary.Noon;
    private int others;
    private long job;
    private long version = 1;

    public PruningHistory(int seed)
    {
        random = new Random(seed);
        others = random.Next(MaxOthers + 1);
        records = records with { TagCount = others };
    }

    public int Deletions { get; private set; }

    public void Run(int steps)
    {
        Write(new AwsAction.Confirm(new Confirmation(Release.Base, 1, now)));
        for (var step = 0; step < steps; step++)
        {
            now = now.AddSeconds(random.Next(1, 600));
            records = records with { ReadAt = now };
            wereDesired.Add(DesiredRelease.Of(records).Release);
            Step();
        }

        Sweep();
    }

    private void Step()
    {
        var desired = DesiredRelease.Of(records);
        switch (random.Next(22))
        {
            case < 4:
                // Each fourth one is a button of an older pipeline.
                job++;
                records = records.With(Arbitrary.Version(++version, new Release(random.Next(4) > 0 ? job : Math.Max(1, job - 3), job)));
                break;
            case < 8 when !records.IsConfirmed(desired.Release) && desired.Version is { } confirmed:
                Write(new AwsAction.Confirm(new Confirmation(desired.Release, confirmed.Number, now)));
                break;
            // The run that confirms it had read older records.
            case 8 when wereDesired[^Math.Min(wereDesired.Count, random.Next(1, 6))] is var late && records.VersionOf(late) is { } its:
                Write(new AwsAction.Confirm(new Confirmation(late, its.Number, now)));
                break;
            case < 11 when records.FallbackOf(desired.Release) is { } fallback:
                var by = random.Next(3) > 0 ? RejectedBy.Charlie : RejectedBy.Group;
                Write(new AwsAction.Reject(records.Reject(desired.Release, fallback, now, by, "app: exited with 1")));
                break;
            case 11:
                RollBack(desired.Release);
                break;
            // Another run rejected it from older records.
            case 12 when wereDesired[^Math.Min(wereDesired.Count, random.Next(1, 4))] is var late
                && records.HasVersion(late) && records.FallbackOf(late) is { } fallback:
                Write(new AwsAction.Reject(records.Reject(late, fallback, now, RejectedBy.Charlie, "app: exited with 1")));
                break;
            case < 16:
                Deliver();
                break;
            case 16 when records.HasVersion(desired.Release):
                Write(new AwsAction.RecordAttempts(
                    Attempts.With(records.AttemptsOf(desired.Release), desired.Release, $"i-{now.Ticks}", now, "machine: no disk")));
                break;
            case 17:
                Write(new AwsAction.RecordReplacement(new Replacement(desired.Release, 1, now)));
                break;
            case 18:
                Write(new AwsAction.RecordDownSince(random.Next(2) > 0 ? DownSince.NotDown : new DownSince(now, 0)));
                break;
            case 19:
                ChangeOthers();
                break;
            case 20:
                DateTimeOffset? until = random.Next(3) > 0 ? now.AddSeconds(random.Next(1, 3600)) : null;
                Write(new AwsAction.RecordRequest(new Hold(AnyHolder(), desired.Release, now, until, "a freeze")));
                break;
            case 21:
                Write(new AwsAction.RecordRequest(new Resume(AnyHolder(), now, "the freeze is over")));
                break;
            default:
                Sweep();
                break;
        }
    }

    private Holder AnyHolder() => random.Next(2) > 0 ? Holder.Operator : Holder.Window;

    private void RollBack(Release desired)
    {
        var to = records.Versions[random.Next(records.Versions.Length)].Release;
        var rollback = new Rollback(desired, random.Next(2) > 0 ? to : null, "complaints", now);
        if (RollbackPolicy.Decide(rollback, records, desired) is RollbackDecision.Reject(var fallback))
        {
            Write(new AwsAction.Reject(records.Reject(desired, fallback, now, RejectedBy.Operator, rollback.Reason)));
        }
    }

    private void Deliver()
    {
        var outcomes = FinalOutcome.Of(records).Select(outcome => new ReportedOutcome(outcome.Release, outcome.Kind, outcome.At))
            .Concat(records.Confirmations.Select(tag => new ReportedOutcome(tag.Release, FinalOutcomeKind.Confirmed, tag.At)))
            .ToArray();
        if (outcomes.Length > 0 && DeliveryPolicy.Decide(outcomes[random.Next(outcomes.Length)], records).Action is { } action)
        {
            Write(action);
        }
    }

    private void ChangeOthers()
    {
        var change = random.Next(-3, 4);
        if (others + change is >= 0 and <= MaxOthers && records.TagCount + change <= MaxTags)
        {
            others += change;
            records = records with { TagCount = records.TagCount + change };
            events.Add($"others: {others}");
        }
    }

    private void Write(AwsAction action)
    {
        while (Pruning.MakeRoom(action, records) is AwsAction.DeleteRecordTags room)
        {
            Delete(room.Keys);
        }

        records = action switch
        {
            AwsAction.Confirm confirm => records.With(confirm.Confirmation),
            AwsAction.Reject reject => records.With(reject.Rejection),
            AwsAction.RecordReported reported => records.With(reported.Reported),
            AwsAction.RecordAttempts attempts => records.With(attempts.Attempts),
            AwsAction.RecordReplacement replacement => records.With(replacement.Replacement),
            AwsAction.RecordDownSince down => records.With(down.DownSince),
            AwsAction.RecordRequest request => records.With(request.Tag),
            _ => throw new InvalidOperationException($"{action} writes no tag."),
        };
        events.Add($"{action}: {records.TagCount} tags");
        Check(records.TagCount == Tags() + others, "the tags are counted wrongly");
        Check(records.TagCount <= MaxTags, "there is no room");
    }

    private void Sweep()
    {
        var pin = DesiredRelease.Of(records).Version?.Number;
        var pruning = Pruning.Of(records, new Group("charlie", 1, pin, [new GroupInstance("i-1", "InService", pin)]));
        Delete(pruning.TagKeys);
        records = records with { Versions = [.. records.Versions.Where(one => !pruning.Versions.Contains(one.Number))] };
        events.Add($"sweep: {records.TagCount} tags");
        Check(Tags() <= MaxTags - others - Reserve, "the sweep left too many tags");
    }

    private void Delete(ImmutableArray<string> keys)
    {
        var (before, after) = (records, records.Without(keys));
        Deletions += keys.Length;
        events.Add($"deleted {string.Join(", ", keys)}");
        var (desired, left) = (DesiredRelease.Of(before), DesiredRelease.Of(after));
        Check(desired == left, $"the desired release becomes {left}");
        Check(before.FallbackOf(desired.Release) == after.FallbackOf(desired.Release), "the fallback changes");
        Check(before.HoldInForce == after.HoldInForce, "another hold is in force");
        Check(before.HeldUntil(desired.Release) == after.HeldUntil(desired.Release), "it was kept back for another time");
        Check(before.EffectiveRejection == after.EffectiveRejection, "another rejection is in effect");
        Check(before.IsConfirmed(desired.Release) == after.IsConfirmed(desired.Release), "it is confirmed no more, or only now");
        foreach (var tag in after.Confirmations)
        {
            Check(before.IsConfirmed(tag.Release) == after.IsConfirmed(tag.Release), $"what {tag.Release} is changes");
            Check(IsRejected(before, tag.Release) == IsRejected(after, tag.Release), $"{tag.Release} is rejected no more");
        }

        records = after;
    }

    private int Tags() =>
        records.Confirmations.Length + records.Rejections.Length + records.Reported.Length + records.Attempts.Length
        + records.Replacements.Length + records.Holds.Length + records.Resumes.Length + (records.Down is null ? 0 : 1);

    private void Check(bool kept, string what) =>
        SmallRecords.Hold(kept, () => $"{what}{Environment.NewLine}{string.Join(Environment.NewLine, events)}");

    private static bool IsRejected(Records records, Release release) => records.Rejections.Any(rejection => rejection.Covers(release));
}
