using Charlie.Lambdas.Text;
using Charlie.Operations.Releases;
using Charlie.Operations.Stack;

namespace Charlie.Cli.Commands.Operating;

/// <summary>The commands that show what the functions logged of a release.</summary>
internal static class LogCommands
{
    /// <summary>Lines for a shell: on the embedded AWS <c>charlie logs</c>, on an account <c>aws logs tail</c>.</summary>
    public static IReadOnlyList<string> Of(AppSession session, ReleaseDocument release) =>
        session.Access.IsEmbedded ? [$"charlie logs {release.Release}"] : Of(session.Stack, session.Access.Region, release);

    /// <summary>From the release's push on; of a release whose push is not on record any more the last two hours.</summary>
    public static IReadOnlyList<string> Of(StackDescription stack, string region, ReleaseDocument release) =>
    [
        .. ((string[])[stack.RefreshLogs, stack.LifecycleLogs]).Select(group =>
            $"aws logs tail {group} --since {(release.PushedAt is { } pushed ? Iso8601.Write(pushed) : "2h")}"
            + $" --filter-pattern '\"{release.Release}\"' --region {region}"),
    ];
}
