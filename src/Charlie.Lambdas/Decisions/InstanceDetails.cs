using System.Net;

namespace Charlie.Lambdas.Decisions;

/// <summary>What EC2 knows of an instance and its group does not.</summary>
/// <param name="Address">Its private address; <c>null</c> while it has none.</param>
/// <param name="InServiceAt">When it was first seen InService; <c>null</c> until that was recorded.</param>
/// <param name="HasRunApp">Whether the machine recorded that it started the app.</param>
internal sealed record InstanceDetails(
    string Id, IPAddress? Address, DateTimeOffset? LaunchedAt, DateTimeOffset? InServiceAt, bool HasRunApp = false)
{
    /// <summary>
    /// Whether nothing of it changes any more while the instance is in the state that its group shows. Of a machine that fell
    /// silent only its record says whether it had started the app.
    /// </summary>
    public bool IsComplete(GroupInstance instance, HealthEvidence evidence) =>
        Address is not null
        && LaunchedAt is not null
        && (!instance.IsInService || InServiceAt is not null)
        && (HasRunApp || evidence.HasRunApp || !evidence.IsSilent);
}
