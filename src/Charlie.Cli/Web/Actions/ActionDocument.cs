namespace Charlie.Cli.Web.Actions;

/// <summary>Something that the page offers, and the commands that do the same.</summary>
/// <param name="Name">The last part of its route: <c>push-good</c>.</param>
/// <param name="Group"><c>push</c>, <c>break</c> or <c>steer</c>.</param>
/// <param name="IsOpen">Whether it makes sense now.</param>
/// <param name="NeedsReason">Whether an operator says why; it is recorded and notified.</param>
internal sealed record ActionDocument(
    string Name, string Group, bool IsOpen, bool NeedsReason, IReadOnlyList<CommandDocument> Commands);

/// <summary>A line for a shell.</summary>
/// <param name="Tool"><c>charlie</c>, <c>aws</c> or <c>curl</c>.</param>
internal sealed record CommandDocument(string Tool, string Line);
