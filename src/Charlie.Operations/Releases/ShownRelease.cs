namespace Charlie.Operations.Releases;

/// <summary>One release of one app.</summary>
/// <param name="Shape">The version of this shape; a member is only added to it without a new one.</param>
internal sealed record ShownRelease(int Shape, string App, DateTimeOffset At, ReleaseDocument Release)
{
    public const int NewestShape = 1;
}
