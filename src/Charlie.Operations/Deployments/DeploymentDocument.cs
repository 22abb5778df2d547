namespace Charlie.Operations.Deployments;

/// <summary>One deployment and its steps.</summary>
/// <param name="Release">The release that is deployed.</param>
/// <param name="IsOver">Whether it is confirmed, rejected or superseded.</param>
/// <param name="Steps">In their order; a rejected release has only those that the records still tell.</param>
/// <param name="Trouble">What its machines say that is wrong; <c>null</c> where nothing is.</param>
internal sealed record DeploymentDocument(string Release, bool IsOver, IReadOnlyList<StepDocument> Steps, string? Trouble);

/// <summary>One step of a deployment.</summary>
/// <param name="At">When it was done, where that is on record.</param>
/// <param name="Until">When it can be done at the earliest.</param>
/// <param name="Count">How many instances are there; <c>null</c> for a step that counts none.</param>
/// <param name="Of">How many should be.</param>
/// <param name="Text">The boot phase, the reason of the hold or of the rejection, or how the app ended last.</param>
internal sealed record StepDocument(
    DeploymentStep Step,
    StepState State,
    DateTimeOffset? At = null,
    DateTimeOffset? Until = null,
    int? Count = null,
    int? Of = null,
    string? Text = null);
