namespace Charlie.Cli.Commands.Operating;

/// <summary>The commands that show what the functions logged of a release.</summary>
internal static class LogCommands
{
    /// <summary>Lines for a shell: on the embedded AWS <c>charlie logs</c>, on an account <c>aws logs tail</c>.</summary>
    public static IReadOnlyList<string> Of(AppSession session, string release) =>
        session.Access.IsEmbedded
            ? [$"charlie logs {release}"]
            :
            [
                .. ((string[])[session.Stack.RefreshLogs, session.Stack.LifecycleLogs]).Select(group =>
                    $"aws logs tail {group} --since 2h --filter-pattern '\"{release}\"' --region {session.Access.Region}"),
            ];
}
