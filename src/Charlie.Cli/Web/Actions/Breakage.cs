using System.Text.Json.Nodes;
using Charlie.Lambdas.Decisions;

namespace Charlie.Cli.Web.Actions;

/// <summary>Something that the playground breaks on the embedded AWS, or has happen at once.</summary>
/// <param name="Route">The control route that it is posted to, below <c>/_sandbox</c>; <c>null</c> where nothing is there to break.</param>
internal sealed record Breakage(string Action, string? Route, JsonObject Body, CommandDocument? AwsCommand)
{
    public static IReadOnlyList<Breakage> All(Snapshot snapshot) =>
        [
            InService(snapshot) is { } id
                ? new(
                    "kill-instance",
                    $"instances/{id}/kill",
                    [],
                    new CommandDocument("aws", $"aws ec2 terminate-instances --instance-ids {id}"))
                : new("kill-instance", null, [], null),
            new("kill-function", "faults", new JsonObject { ["action"] = "kill", ["caller"] = "Lifecycle", ["when"] = "after" }, null),
            new(
                "lose-event",
                "faults",
                new JsonObject { ["action"] = "drop-event", ["detailType"] = "EC2 Instance-launch Lifecycle Action" },
                null),
            new("sweep", "schedules/LifecycleSweep/fire", [], null),
        ];

    private static string? InService(Snapshot snapshot) =>
        snapshot.Group.Instances.Where(instance => instance.IsInService).Select(instance => instance.Id).Min(StringComparer.Ordinal);
}
