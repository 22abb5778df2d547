using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Charlie.Sandbox.AutoScaling;
using Charlie.Sandbox.Lambda;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Production;

namespace Charlie.EndToEnd.Tests.Fixture;

/// <summary>An instance of the group at one moment.</summary>
/// <param name="Release">That of its launch template version.</param>
/// <param name="Actions">The lifecycle actions that hold it.</param>
internal sealed record MemberView(string Id, LifecycleState State, string Release, int Actions);

/// <summary>The whole cloud at one moment, read under its lock.</summary>
/// <param name="Versions">The launch template's versions: number and release.</param>
/// <param name="Alive">Instances pending or running, in the group or not.</param>
/// <param name="Unfinished">Invocations that run, or will be retried.</param>
/// <param name="GivenUp">Invocations that failed for good, and messages in dead-letter queues.</param>
internal sealed record CloudView(
    string? Pin,
    ImmutableArray<MemberView> Members,
    ImmutableDictionary<string, string> RecordTags,
    ImmutableArray<(int Number, string Release)> Versions,
    int Alive,
    int Unfinished,
    int GivenUp,
    bool FaultsWait)
{
    private const string Base = "0.0";

    public static CloudView Of(LocalAws aws)
    {
        var cloud = aws.Cloud;
        lock (cloud.Gate)
        {
            var group = cloud.AutoScaling.Find(ProductionGroup.Name) ?? throw new InvalidOperationException("There is no group.");
            var template = cloud.Ec2.LaunchTemplates.FindId(aws.Group.TemplateId)
                ?? throw new InvalidOperationException("There is no launch template.");
            var versions = template.Versions.Select(version => (version.Number, ReleaseOf(version.Data.InstanceTags))).ToImmutableArray();
            var last = aws.Events.Invocations.Records.GroupBy(record => record.Invocation.RequestId)
                .Select(attempts => attempts.Last()).ToList();
            return new CloudView(
                group.LaunchTemplate.Version,
                [.. group.Instances.Select(member => new MemberView(
                    member.Id, member.State, ReleaseOf(member.Machine.Version.Data.InstanceTags), member.Actions.Count))],
                template.Tags.All.ToImmutableDictionary(),
                versions,
                cloud.Ec2.Instances.All.Count(instance => instance.IsAlive),
                last.Count(record => record.Result?.Status is not InvocationStatus.Succeeded && !IsGivenUp(record)),
                last.Count(IsGivenUp) + aws.Events.Queues.Names.Sum(name => aws.Events.Queues.Messages(name).Count),
                cloud.Faults.Waiting.Count > 0);
        }
    }

    /// <summary>The reports of the functions' runs from a position on.</summary>
    public static IReadOnlyList<JsonObject> ReportsFrom(LocalAws aws, int position)
    {
        lock (aws.Cloud.Gate)
        {
            return
            [
                .. aws.Events.Invocations.Records.Skip(position)
                    .Where(record => record.Result is { Status: InvocationStatus.Succeeded, Payload: not null })
                    .Select(record => JsonNode.Parse(record.Result!.Payload!)).OfType<JsonObject>(),
            ];
        }
    }

    public int[] VersionsOf(string release) => [.. Versions.Where(version => version.Release == release).Select(version => version.Number)];

    public bool IsPinned(int version) => Pin == version.ToString(CultureInfo.InvariantCulture);

    private static bool IsGivenUp(InvocationRecord record) =>
        record.Result?.Status == InvocationStatus.FunctionError
            && record.Invocation.Attempt > record.Invocation.Function.MaximumRetryAttempts;

    private static string ReleaseOf(IReadOnlyDictionary<string, string> tags) => tags.GetValueOrDefault("charlie:release", Base);
}
