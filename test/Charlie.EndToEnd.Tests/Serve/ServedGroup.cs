using System.Globalization;
using System.Text;
using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using Instance = Amazon.EC2.Model.Instance;

namespace Charlie.EndToEnd.Tests.Serve;

/// <summary>The group and its launch template, read by the official clients.</summary>
internal sealed class ServedGroup(Uri endpoint, string name = "charlie") : IDisposable
{
    private static readonly BasicAWSCredentials Credentials = new("AKIATESTER", "of-the-tester");

    private readonly AmazonEC2Client ec2 = new(
        Credentials, new AmazonEC2Config { ServiceURL = endpoint.ToString(), AuthenticationRegion = "us-east-1" });

    private readonly AmazonAutoScalingClient autoScaling = new(
        Credentials, new AmazonAutoScalingConfig { ServiceURL = endpoint.ToString(), AuthenticationRegion = "us-east-1" });

    /// <summary>The image of the one instance that is neither gone nor on its way, if it is in service; else null.</summary>
    public async Task<string?> OnlyInServiceAsync() =>
        (await ReadAsync()).Instances is [{ } only]
        && only.LifecycleState.Value == "InService"
        && await RunningAsync() is [{ } machine]
        && machine.InstanceId == only.InstanceId
            ? TagOf(machine, "charlie:image")
            : null;

    /// <summary>The instance with this image that is in service, if there is one.</summary>
    public async Task<string?> InServiceAsync(string image)
    {
        var inService = (await ReadAsync()).Instances?.Where(one => one.LifecycleState.Value == "InService")
            .Select(one => one.InstanceId).ToList();
        return (await RunningAsync())
            .FirstOrDefault(one => inService?.Contains(one.InstanceId) == true && TagOf(one, "charlie:image") == image)?.InstanceId;
    }

    /// <summary>How many instances the group lists, whatever their states.</summary>
    public async Task<int> CountAsync() => (await ReadAsync()).Instances?.Count ?? 0;

    public Task SuspendAsync(string process) =>
        autoScaling.SuspendProcessesAsync(new SuspendProcessesRequest { AutoScalingGroupName = name, ScalingProcesses = [process] });

    /// <summary>The version that the group's next launch takes.</summary>
    public async Task<string> ReadPinAsync() => (await ReadAsync()).LaunchTemplate.Version;

    /// <summary>The version of a release, by its tag.</summary>
    public async Task<string> VersionOfAsync(string release) =>
        (await VersionsAsync())
            .Single(version => TagsOf(version).Any(tag => tag.Key == "charlie:release" && tag.Value == release))
            .VersionNumber!.Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether a <c>charlie:reported:</c> tag names the last final outcome of every release that has one.</summary>
    public async Task<bool> HaveEndsLeftAsync()
    {
        var recordTags = await ReadRecordTagsAsync();
        var confirmed = recordTags.Where(recordTag => recordTag.Key.StartsWith("charlie:confirmed:", StringComparison.Ordinal))
            .Select(recordTag => (Release: recordTag.Key.Split(':')[2], Kind: "Confirmed", At: recordTag.Value.Split(' ')[1]));
        var rolledBack = recordTags.Where(recordTag => recordTag.Key.StartsWith("charlie:rejected:", StringComparison.Ordinal))
            .Select(recordTag => (Release: recordTag.Value.Split(' ')[0], Kind: "RolledBack", At: recordTag.Value.Split(' ')[1]));
        return confirmed.Concat(rolledBack).GroupBy(end => end.Release).Select(ends => ends.MaxBy(end => end.At))
            .All(end => recordTags.GetValueOrDefault($"charlie:reported:{end.Release}") == $"{end.Kind} {end.At}");
    }

    /// <summary>The record tags that Charlie wrote.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadRecordTagsAsync() =>
        ((await ec2.DescribeLaunchTemplatesAsync(new DescribeLaunchTemplatesRequest { LaunchTemplateNames = [name] }))
            .LaunchTemplates.Single().Tags ?? []).ToDictionary(tag => tag.Key, tag => tag.Value);

    /// <summary>Versions, record tags, pin and instances, each with its tags.</summary>
    public async Task<string> DescribeAsync()
    {
        var text = new StringBuilder();
        foreach (var version in await VersionsAsync())
        {
            Line(text, $"version {version.VersionNumber} {Show(TagsOf(version))}");
        }

        foreach (var (key, value) in (await ReadRecordTagsAsync()).OrderBy(recordTag => recordTag.Key, StringComparer.Ordinal))
        {
            Line(text, $"tag {key}={value}");
        }

        var group = await ReadAsync();
        Line(text, $"pin {group.LaunchTemplate.Version}, desired capacity {group.DesiredCapacity}");
        foreach (var member in (group.Instances ?? []).OrderBy(one => one.InstanceId, StringComparer.Ordinal))
        {
            Line(text, $"member {member.InstanceId} {member.LifecycleState.Value}");
        }

        foreach (var machine in (await RunningAsync()).OrderBy(one => one.InstanceId, StringComparer.Ordinal))
        {
            Line(text, $"instance {machine.InstanceId} {machine.State.Name.Value} {Show(machine.Tags)}");
        }

        return text.ToString();
    }

    public void Dispose()
    {
        ec2.Dispose();
        autoScaling.Dispose();
    }

    private async Task<AutoScalingGroup> ReadAsync() =>
        (await autoScaling.DescribeAutoScalingGroupsAsync(new DescribeAutoScalingGroupsRequest { AutoScalingGroupNames = [name] }))
        .AutoScalingGroups.Single();

    private async Task<IReadOnlyList<LaunchTemplateVersion>> VersionsAsync() =>
        [
            .. (await ec2.DescribeLaunchTemplateVersionsAsync(new DescribeLaunchTemplateVersionsRequest { LaunchTemplateName = name }))
                .LaunchTemplateVersions.OrderBy(version => version.VersionNumber),
        ];

    private async Task<IReadOnlyList<Instance>> RunningAsync() =>
        [
            .. ((await ec2.DescribeInstancesAsync(new DescribeInstancesRequest())).Reservations ?? [])
                .SelectMany(reservation => reservation.Instances)
                .Where(instance => instance.State.Name != InstanceStateName.Terminated
                    && TagOf(instance, "aws:autoscaling:groupName") == name),
        ];

    private static IEnumerable<Amazon.EC2.Model.Tag> TagsOf(LaunchTemplateVersion version) =>
        (version.LaunchTemplateData.TagSpecifications ?? []).SelectMany(specification => specification.Tags);

    private static string? TagOf(Instance instance, string key) => instance.Tags?.FirstOrDefault(tag => tag.Key == key)?.Value;

    private static string Show(IEnumerable<Amazon.EC2.Model.Tag>? tags) =>
        string.Join(' ', (tags ?? []).Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal));

    private static void Line(StringBuilder text, FormattableString line) =>
        text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
