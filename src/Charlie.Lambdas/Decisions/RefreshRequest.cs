namespace Charlie.Lambdas.Decisions;

/// <summary>
/// What Refresh is asked to do: a <see cref="Push"/>, a <see cref="Sweep"/>, an <see cref="Alarm"/> or an operator's request.
/// </summary>
internal abstract record RefreshRequest
{
    private protected RefreshRequest()
    {
    }
}

/// <summary>An operator's request to reject a release.</summary>
/// <param name="From">The release to reject.</param>
/// <param name="To">The fallback; <c>null</c> leaves the choice to the records.</param>
/// <param name="Reason">As it is recorded: why, and who requested it where the request says so.</param>
/// <param name="RequestedAt">The event's time: a request older than the newest rejection is stale.</param>
internal sealed record Rollback(Release From, Release? To, string Reason, DateTimeOffset RequestedAt) : RefreshRequest;

/// <summary>A request to deploy no new release for a time.</summary>
/// <param name="Until">When it ends by itself; <c>null</c>: never.</param>
/// <param name="Reason">As it is recorded: why, and who requested it where the request says so.</param>
/// <param name="RequestedAt">The event's time: of two requests of one holder the later one counts.</param>
internal sealed record HoldRequest(Holder Holder, DateTimeOffset? Until, string Reason, DateTimeOffset RequestedAt) : RefreshRequest;

/// <summary>A request to end the hold of a holder.</summary>
/// <inheritdoc cref="HoldRequest"/>
internal sealed record ResumeRequest(Holder Holder, string Reason, DateTimeOffset RequestedAt) : RefreshRequest;

/// <summary>A request to replace every instance by a new one of the same release.</summary>
/// <inheritdoc cref="HoldRequest"/>
internal sealed record RestartRequest(string Reason, DateTimeOffset RequestedAt) : RefreshRequest;

/// <summary>A request to take the app out of service.</summary>
/// <inheritdoc cref="HoldRequest"/>
internal sealed record StopRequest(string Reason, DateTimeOffset RequestedAt) : RefreshRequest;

/// <summary>A request to take a stopped app back into service.</summary>
/// <inheritdoc cref="HoldRequest"/>
internal sealed record StartRequest(string Reason, DateTimeOffset RequestedAt) : RefreshRequest;

/// <summary>An alarm of the app that the stack names fired.</summary>
/// <param name="Why">As CloudWatch says it; empty where it says nothing.</param>
/// <param name="From">The begin of the first data that it judged, which may be minutes before it fired.</param>
internal sealed record Alarm(string Name, string Why, DateTimeOffset From, DateTimeOffset FiredAt) : RefreshRequest;

/// <summary>A request to bring the group in sync with the records, whatever they are.</summary>
/// <param name="Reason">Why, as the report of a deployment that it starts says.</param>
/// <param name="Until">When it ends, whatever is left: the next one goes on. <c>null</c> for no limit.</param>
internal sealed record Sweep(string Reason, DateTimeOffset? Until = null) : RefreshRequest;
