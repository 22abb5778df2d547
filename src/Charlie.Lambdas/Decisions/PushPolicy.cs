using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Decisions;

/// <summary>
/// What Refresh does about a push: make its version, unless a newer release or a rejection came before it. A version is the
/// push's record, so it is made also for a group that cannot be changed now: the sweep deploys it once the group is mended.
/// </summary>
internal static class PushPolicy
{
    public static RefreshStep Next(Push push, Snapshot snapshot, PolicySettings settings)
    {
        if (snapshot.Done.FirstOrDefault(done => done.Action is AwsAction.CreateVersion) is { } created)
        {
            return created.Succeeded
                ? Deploy(push, snapshot, settings, "a new image was pushed")
                : new RefreshStep.ReadAgain();
        }

        var (records, version) = (snapshot.Records, snapshot.Records.VersionOf(push.Release));
        if (version is not null && version.Image != push.Image)
        {
            return Done(Rejected(
                push,
                $"release {push.Release} was pushed before with another image, {version.Image}: a retried job has a new jobId"));
        }

        if (WhyStale(push.Release, snapshot) is { } reason)
        {
            return Done(records.IsRecorded(push.Release)
                ? new RunResult.StalePush(push, $"{reason}; its event was delivered again", IsDuplicate: true)
                : new RunResult.StalePush(push, $"{reason}; retry its job to deploy it anyway"));
        }

        if (version is not null)
        {
            return Deploy(push, snapshot, settings, "its event was delivered again");
        }

        // A push is read again only where another run made its version: that run reconciles, and the sweep after it.
        if (snapshot.IsReadAgain)
        {
            return Done(new RunResult.NothingToDo($"another run records release {push.Release} at this moment"));
        }

        return records.NewestBase is not { } newest
            ? Done(Rejected(
                push, "the launch template has no version without charlie:release to derive from: update the infrastructure stack"))
            : new RefreshStep.Act(new AwsAction.CreateVersion(push, newest));
    }

    // A hold changes nothing of what runs: the sweep goes on with that.
    private static RefreshStep Deploy(Push push, Snapshot snapshot, PolicySettings settings, string reason) =>
        push.Release > snapshot.Desired.Release && snapshot.Records.HoldInForce is { } hold
            ? Done(new RunResult.Held(hold, snapshot.Desired.Release, push))
            : RefreshPolicy.Reconcile(snapshot, settings, reason) switch
            {
                RefreshStep.Done { Result: RunResult.Started or RunResult.AlreadyCurrent } when snapshot.WhyClosed is { } closed =>
                    Done(new RunResult.Recorded(snapshot.Desired.Version!, closed)),
                var step => step,
            };

    private static string? WhyStale(Release release, Snapshot snapshot) =>
        snapshot.Records.EffectiveRejection is { } rejection && rejection.Covers(release)
            ? $"release {release} was rejected at {Iso8601.Write(rejection.At)} with release {rejection.From} ({rejection.Reason})"
        : DesiredRelease.WithoutHold(snapshot.Records).Release is var newest && release < newest
            ? $"release {newest} is newer: its job id is greater"
        : null;

    private static RunResult.Rejected Rejected(Push push, string reason) => new($"release {push.Release}", reason, push);

    private static RefreshStep.Done Done(RunResult result) => new(result);
}
