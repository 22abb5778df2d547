using Charlie.Lambdas.Reports;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Oracles;

namespace Charlie.Simulation.Checks;

/// <summary>A rollback of the desired release is done to the fallback that the rules give, or there is none.</summary>
internal sealed class RollbackAnswers(SimulatedEnvironment environment, Oracle oracle, DesiredReleaseHistory desired, Action<string> fail)
{
    public void Answered(FollowedEvent rollback)
    {
        var (from, to) = (rollback.Text("fromRelease")!, rollback.Text("toRelease"));
        var rejections = oracle.Rejections().ToList();
        var written = rejections.Find(rejection =>
            rejection.By == "operator" && rejection.From == from && rejection.At >= rollback.At);
        switch (rollback.Outcome)
        {
            case Outcome.Stale:
                if (from == desired.Release && oracle.EffectiveRejection()?.Covers(from) != true
                    && !rejections.Exists(rejection => rejection.At >= rollback.At))
                {
                    fail($"release {from} is the desired one, and its rollback was not done: {rollback}");
                }

                break;
            case Outcome.Rejected:
                if (from == desired.Release && (to is null ? oracle.FallbackOf(from) is not null : IsPossible(from, to)))
                {
                    fail($"release {from} has a fallback, and its rollback was called invalid: {rollback}");
                }

                break;
            default:
                if (written is null)
                {
                    fail($"the rollback from release {from} has left no rejection: {rollback}");
                }
                else if (!IsOfThisRun(written))
                {
                    break;
                }
                else if (to is not null && written.Fallback != to && !rejections.Exists(rejection =>
                    rejection != written && rejection.By == "operator" && rejection.From == from))
                {
                    fail($"the rollback from release {from} went to {written.Fallback} and not to {to}");
                }
                else if (to is null && !oracle.HasChangedSince(environment.Time.GetUtcNow() - DesiredReleaseHistory.Grace, written)
                    && oracle.FallbackOf(from, written) is { } expected && written.Fallback != expected && !IsQueued(from))
                {
                    fail($"the rollback from release {from} went to {written.Fallback} and not to {expected}");
                }

                break;
        }
    }

    // A request that comes late may find its release rejected by a later request.
    private bool IsOfThisRun(RejectionTag written) => environment.Time.GetUtcNow() - written.At < DesiredReleaseHistory.Grace;

    // A release that a hold keeps back goes, and what runs stays.
    private bool IsQueued(string from) =>
        oracle.Requests.HeldAt is { } held && Oracle.Read(from).CompareTo(Oracle.Read(held)) > 0;

    private bool IsPossible(string from, string to) =>
        Oracle.Read(to).CompareTo(Oracle.Read(from)) < 0
        && environment.Template.Versions.Any(version => Oracle.ReleaseOf(version) == to);
}
