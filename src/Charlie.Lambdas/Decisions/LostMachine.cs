namespace Charlie.Lambdas.Decisions;

/// <summary>
/// A machine that ended while its release was tried, and that Charlie did not end: EC2's host failed, or a person terminated
/// it. It is an attempt like one that Charlie removed; else a release whose machines all end so would be tried in silence.
/// </summary>
/// <param name="Attempts">With this machine counted.</param>
internal sealed record LostMachine(InstanceFacts Facts, ReleaseVersion Version, Attempts Attempts)
{
    public RunResult Result => new RunResult.Retrying(Facts, Version, Attempts.Count, Attempts.LastFailure);

    /// <summary>
    /// The machine of an instance that its group terminates; <c>null</c> where that is no attempt. Whenever Charlie ends a machine,
    /// a record says so that was written before: an attempt, a replacement, a rejection, a restart or a stop. A machine that only
    /// waited for the lock lost nothing, and a group that has all its instances without this one became smaller.
    /// </summary>
    public static LostMachine? Of(GroupInstance instance, Snapshot snapshot, DateTimeOffset now)
    {
        var (records, release) = (snapshot.Records, snapshot.Desired.Release);
        if (!instance.IsTerminating
            || snapshot.IsClosed
            || snapshot.VersionOf(instance) is not { } version
            || version.Release != release
            || records.IsConfirmed(release)
            || records.Rejections.Any(rejection => rejection.Fallback == release)
            || snapshot.Done.Any(done => Ends(done.Action, instance.Id))
            || snapshot.Group.Instances.Count(other => other.IsPending || other.IsInService) >= snapshot.Group.DesiredCapacity)
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
            || facts.Evidence.Last is ProbeResponse.Preparing { Phase: BootPhase.Lock })
        {
            return null;
        }

        var reason = facts.Evidence.Last is { } last
            ? $"it was terminated, and not by Charlie; its last response: {last.Describe()}"
            : "it was terminated, and not by Charlie, before it responded";
        return new LostMachine(facts, version, Attempts.With(before, release, instance.Id, launched, reason));
    }

    private static bool Ends(AwsAction action, string instance) => action switch
    {
        AwsAction.Abandon abandon => abandon.InstanceId == instance,
        AwsAction.Terminate terminate => terminate.InstanceId == instance,
        _ => false,
    };
}
