using Charlie.Operations.Releases;

namespace Charlie.Operations.Requests;

/// <summary>How waiting for a release ended.</summary>
/// <param name="Shape">The version of this shape; a member is only added to it without a new one.</param>
/// <param name="Outcome"><c>null</c> where the time was up first.</param>
internal sealed record WaitDocument(int Shape, string App, WaitEnd? Outcome, ReleaseDocument Release)
{
    public const int NewestShape = 1;
}
