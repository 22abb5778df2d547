using System.Text.RegularExpressions;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Production;

namespace Charlie.EndToEnd.Tests.Malformed;

/// <summary>All that EC2 and Auto Scaling show, as one text.</summary>
internal static partial class Snapshot
{
    private const string Ec2Version = "2016-11-15";
    private const string AutoScalingVersion = "2011-01-01";

    public static async Task<string> TakeAsync(LocalAws aws, CancellationToken cancellation)
    {
        using var http = new HttpClient();
        var template = aws.Group.TemplateId;
        return string.Join(
            Environment.NewLine,
            await CallAsync("DescribeLaunchTemplates", Ec2Version, ("LaunchTemplateId.1", template)),
            await CallAsync("DescribeLaunchTemplateVersions", Ec2Version, ("LaunchTemplateId", template)),
            await CallAsync("DescribeInstances", Ec2Version),
            await CallAsync("DescribeAutoScalingGroups", AutoScalingVersion),
            await CallAsync("DescribeAutoScalingInstances", AutoScalingVersion),
            await CallAsync("DescribeLifecycleHooks", AutoScalingVersion, ("AutoScalingGroupName", ProductionGroup.Name)),
            await CallAsync("DescribeScalingActivities", AutoScalingVersion));

        async Task<string> CallAsync(string action, string version, params (string Name, string Value)[] more)
        {
            using var content = new FormUrlEncodedContent(
                [new("Action", action), new("Version", version), .. more.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))]);
            using var response = await http.PostAsync(aws.Endpoint, content, cancellation);
            return RequestId().Replace(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellation), "");
        }
    }

    [GeneratedRegex("<(?<name>[rR]equestId)>[^<]*</\\k<name>>")]
    private static partial Regex RequestId();
}
