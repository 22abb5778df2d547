using System.Xml.Linq;
using Charlie.Sandbox.Context;
using Charlie.Sandbox.Wire;
using Microsoft.Extensions.Time.Testing;

namespace Charlie.Sandbox.Tests.AutoScaling;

/// <summary>A cloud on a clock that only the test moves, driven by the requests that clients send.</summary>
internal sealed class SimulatedCloud : IDisposable
{
    /// <summary>Small enough that nothing planned is passed over by much.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 22, 14, 0, 0, TimeSpan.Zero));

    public SimulatedCloud(int seed = 1, AwsTimings? timings = null)
    {
        Cloud = new Cloud(time, timings ?? new AwsTimings(), seed);
        Cloud.Context.Attach(Events);
    }

    public Cloud Cloud { get; }

    public RecordedEvents Events { get; } = new();

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>A call's response, without namespaces.</summary>
    public XElement Call(string service, string action, params (string Name, string Value)[] parameters)
    {
        var (document, error) = Attempt(service, action, parameters);
        return error is null ? document : throw new InvalidOperationException($"{action}: {document}");
    }

    public XElement Group(string action, params (string Name, string Value)[] parameters) =>
        Call("autoscaling", action, [("AutoScalingGroupName", "charlie"), .. parameters]);

    /// <summary>A call's response and its error code, if it has one.</summary>
    public (XElement Document, string? Error) Attempt(string service, string action, params (string Name, string Value)[] parameters)
    {
        var form = string.Join(
            '&', parameters.Prepend(("Action", action))
            .Select(one => $"{Uri.EscapeDataString(one.Item1)}={Uri.EscapeDataString(one.Item2)}"));
        var authorization = $"AWS4-HMAC-SHA256 Credential=test/20261122/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=0";
        var response = Cloud.Endpoint.Respond(
            new WireRequest("/", string.Empty, authorization, null, System.Text.Encoding.UTF8.GetBytes(form)));
        using var stream = new MemoryStream(response.Response!.Body.ToArray());
        var document = XElement.Load(stream);
        foreach (var element in document.DescendantsAndSelf())
        {
            element.Name = element.Name.LocalName;
            element.RemoveAttributes();
        }

        return (document, response.Response.Status == 200 ? null : document.Descendants("Code").First().Value);
    }

    public void Advance(TimeSpan span)
    {
        for (var gone = TimeSpan.Zero; gone < span; gone += Step)
        {
            time.Advance(Step);
        }
    }

    /// <summary>Moves the clock until something is so; fails if it is not within an hour.</summary>
    public void Until(Func<bool> condition, string what)
    {
        for (var end = Now + TimeSpan.FromHours(1); !condition(); Advance(Step))
        {
            if (Now >= end)
            {
                Assert.Fail($"never: {what}; the group was {string.Join(", ", States())}");
            }
        }
    }

    /// <summary>The lifecycle states of the group's instances, oldest first.</summary>
    public IReadOnlyList<string> States() => [.. Instances().Select(instance => instance.Element("LifecycleState")!.Value)];

    public IReadOnlyList<XElement> Instances() =>
        [.. Call("autoscaling", "DescribeAutoScalingGroups").Descendants("Instances").Elements("member")];

    public string IdOf(string state) =>
        Instances().First(instance => instance.Element("LifecycleState")!.Value == state).Element("InstanceId")!.Value;

    public void CreateGroup(int desired, params (string Name, string Value)[] more)
    {
        Call("ec2", "CreateLaunchTemplate", ("LaunchTemplateName", "app"), ("LaunchTemplateData.ImageId", "ami-1"),
            ("LaunchTemplateData.TagSpecification.1.ResourceType", "instance"),
            ("LaunchTemplateData.TagSpecification.1.Tag.1.Key", "charlie:image"),
            ("LaunchTemplateData.TagSpecification.1.Tag.1.Value", "one"));
        Group(
            "CreateAutoScalingGroup",
            [("MinSize", "0"), ("MaxSize", $"{Math.Max(4, desired)}"), ("DesiredCapacity", $"{desired}"),
                ("AvailabilityZones.member.1", "us-east-1a"), ("LaunchTemplate.LaunchTemplateName", "app"),
                ("LaunchTemplate.Version", "1"), .. more]);
    }

    public void Dispose() => Cloud.Dispose();

    public static (string, string)[] Hook(int index, string name, string transition, int timeout = 60, string result = "ABANDON") =>
    [
        ($"LifecycleHookSpecificationList.member.{index}.LifecycleHookName", name),
        ($"LifecycleHookSpecificationList.member.{index}.LifecycleTransition", $"autoscaling:EC2_INSTANCE_{transition}"),
        ($"LifecycleHookSpecificationList.member.{index}.HeartbeatTimeout", $"{timeout}"),
        ($"LifecycleHookSpecificationList.member.{index}.DefaultResult", result),
        ($"LifecycleHookSpecificationList.member.{index}.NotificationMetadata", "charlie"),
    ];
}
