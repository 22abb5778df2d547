namespace Charlie.Lambdas.Decisions;

/// <summary>What Refresh does about a request. The sweep has no decision of its own: it converges.</summary>
internal abstract record RefreshDecision
{
    private RefreshDecision()
    {
    }

    /// <summary>The request cannot be followed, now or later.</summary>
    internal sealed record Reject(string Reason) : RefreshDecision;

    /// <summary>The request was overtaken.</summary>
    internal sealed record LeaveStale(string Reason) : RefreshDecision;

    /// <summary>The release is new: make its version from this base, then converge.</summary>
    internal sealed record CreateVersion(Push Push, ReleaseVersion BaseVersion) : RefreshDecision;

    /// <summary>A person wants a release gone: raise the floor, then converge.</summary>
    internal sealed record RaiseFloor(Floor Floor) : RefreshDecision;

    /// <summary>What was asked for is on record: converge.</summary>
    internal sealed record Converge : RefreshDecision;

    public static RefreshDecision Decide(Push push, Records records)
    {
        if (records.CountingFloor is { } floor && floor.Rejects(push.Release))
        {
            return new LeaveStale(
                $"release {push.Release} was rolled back at {Instants.Write(floor.At)} with release {floor.From} ({floor.Why}); run its job again to try it again");
        }

        var target = Target.Of(records);
        if (push.Release < target.Release)
        {
            return new LeaveStale($"release {target.Release} is newer");
        }

        if (records.VersionOf(push.Release) is { } version)
        {
            return version.Image == push.Image
                ? new Converge()
                : new Reject($"release {push.Release} was pushed before with another image, {version.Image}: a job run again has a new jobId");
        }

        return records.NewestBase is { } newest
            ? new CreateVersion(push, newest)
            : new Reject("the launch template has no version without charlie:release to derive from: update the infrastructure stack");
    }

    public static RefreshDecision Decide(RollbackRequest request, Records records, DateTimeOffset now)
    {
        var target = Target.Of(records);
        if (request.From != target.Release)
        {
            return new LeaveStale($"release {request.From} is not what should run: that is {target.Release}");
        }

        if (records.NewestFloorAt is { } newest && request.RequestedAt <= newest)
        {
            return new LeaveStale($"the request is older than the rollback of {Instants.Write(newest)}");
        }

        if (request.To is { } to && (to >= request.From || !records.HasVersion(to)))
        {
            return new Reject(to >= request.From
                ? $"toRelease {to} is not below fromRelease {request.From}"
                : $"toRelease {to} has no launch template version");
        }

        return (request.To ?? records.GoBackFrom(request.From)) is { } goBackTo
            ? new RaiseFloor(records.RaiseFloor(request.From, goBackTo, now, Floor.Operator + request.Reason))
            : new Reject($"there is no confirmed release below {request.From} to go back to: name one as toRelease");
    }
}
