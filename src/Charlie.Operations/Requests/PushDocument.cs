namespace Charlie.Operations.Requests;

/// <summary>An image of the embedded AWS that was pushed, or whose behaviour was changed.</summary>
/// <param name="Shape">The version of this shape; a member is only added to it without a new one.</param>
/// <param name="Image">The repository and the digest.</param>
/// <param name="Behaviour">What the image does when a machine runs it.</param>
/// <param name="TurnedDown">Why the functions would turn the push down, and then nothing was put; else <c>null</c>.</param>
internal sealed record PushDocument(int Shape, string App, string Release, string Image, string Behaviour, string? TurnedDown)
{
    public const int NewestShape = 1;
}
