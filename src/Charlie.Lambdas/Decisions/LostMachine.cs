namespace Charlie.Lambdas.Decisions;

/// <summary>
/// A machine that ended while its release was tried, without a record of it: EC2's host failed, or a person terminated it. It is an
/// attempt like one that Charlie removed; else a release whose machines all end so would be tried in silence.
/// </summary>
/// <param name="Attempts">With this machine counted.</param>
internal sealed record LostMachine(InstanceFacts Facts, ReleaseVersion Version, Attempts Attempts)
{
    public RunResult Result => new RunResult.Retrying(Facts, Version, Attempts.Count, Attempts.LastFailure);

    /// <summary>Whether a group loses an instance: it terminates it, and has fewer than it wants without it.</summary>
    public static bool IsEnding(GroupInstance instance, Group group) =>
        instance.IsTerminating && group.Instances.Count(other => other.IsPending || other.IsInService) < group.DesiredCapacity;

    /// <summary>
    /// The machine of an instance that ended; <c>null</c> where that is no attempt, or is recorded. Before Charlie ends a machine it
    /// writes a record: an attempt, a replacement, a version, a rejection, a restart or a stop. What was launched before its release
    /// became the desired one was no attempt, and may have been abandoned as superseded; and a run that had not read a hold yet may have
    /// replaced it by a newer push. A machine that only waited for the lock lost nothing.
    /// </summary>
    /// <param name="instance">As the group listed it last.</param>
    /// <param name="snapshot">With records that were read after its end was seen.</param>
    /// <param name="now">The present.</param>
    public static LostMachine? Of(GroupInstance instance, Snapshot snapshot, DateTimeOffset now)
    {
        var (records, release) = (snapshot.Records, snapshot.Desired.Release);
        if (snapshot.IsClosed
            || snapshot.VersionOf(instance) is not { } version
            || version.Release != release
            || records.IsConfirmed(release)
            || records.Rejections.Any(rejection => rejection.Fallback == release)
            || snapshot.Done.Any(done => Ends(done.Action, instance.Id)))
        {
            return null;
        }

        var facts = InstanceFacts.Of(instance, snapshot, now);
        var before = records.AttemptsOf(release);
        if (facts.LaunchedAt is not { } launched
            || before?.Instances.Contains(instance.Id) == true
            || records.ReplacementOf(release)?.LastAt >= launched
            || records.Restart?.At >= launched
            || records.Started?.At >= launched
            || snapshot.Desired.Since(records) > launched
            || records.Versions.Any(other => other.Release > release && other.CreatedAt > launched)
            || facts.Evidence.Last is ProbeResponse.Preparing { Phase: BootPhase.Lock })
        {
            return null;
        }

        var reason = facts.Evidence.Last is { } last
            ? $"it ended while it was tried; its last response: {last.Describe()}"
            : "it ended before it responded";
        return new LostMachine(facts, version, Attempts.With(before, release, instance.Id, launched, reason));
    }

    private static bool Ends(AwsAction action, string instance) => action switch
    {
        AwsAction.Abandon abandon => abandon.InstanceId == instance,
        AwsAction.Terminate terminate => terminate.InstanceId == instance,
        _ => false,
    };
}
