using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using Amazon.Runtime;
using Charlie.Lambdas.Aws;
using Charlie.Lambdas.Decisions;
using Charlie.Operations.Access;
using Charlie.Operations.Reading;
using Charlie.Operations.Registry;
using Charlie.Operations.Stack;

namespace Charlie.Operations.Doctor;

/// <summary>Reads what the checks look at; what it may not read it names.</summary>
internal sealed class DoctorReader(
    StackDescription stack, AppReader reader, AwsAccess access, SignedClient client, LoginFiles logins, TimeProvider time) : IDisposable
{
    private const int PageSize = 100;

    private readonly AmazonAutoScalingClient autoScaling = new(ClientLimits.Limit(access.Configure(new AmazonAutoScalingConfig())));
    private readonly RegistryClient registry = new();
    private readonly List<string> unread = [];

    public void Dispose()
    {
        autoScaling.Dispose();
        registry.Dispose();
    }

    public async Task<DoctorFacts> ReadAsync(CancellationToken cancellation)
    {
        var snapshot = await TryAsync("the records and the group", reader.ReadAsync);
        var groups = await TryAsync("the group's settings", () => ReadGroupsAsync(cancellation));
        var facts = new DoctorFacts(
            stack,
            time.GetUtcNow(),
            snapshot,
            groups is [var group] ? Of(group) : null,
            groups is [] ? null : await TryAsync("the group's hooks", () => ReadHooksAsync(cancellation)),
            await TryAsync("the bus and its policy", () => ReadBusAsync(cancellation)),
            await TryAsync("the rules and their targets", () => ReadRulesAsync(cancellation)),
            await TryAsync("who gets the alerts", () => ReadSubscriptionsAsync(cancellation)),
            (await TryAsync("the dead letters", () => ReadDeadLettersAsync(cancellation)))?.Count,
            [])
        {
            IsGroupMissing = groups is [],
            Alarms = await TryAsync("the alarms", () => new AlarmReader(stack, client).ReadAsync(cancellation)),
            Ingress = snapshot is null ? null
                : await TryAsync("the security groups", () => new IngressReader(client).ReadAsync(RunningOf(snapshot), cancellation)),
            WayOut = stack.Vpc is null ? null
                : await TryAsync("Lifecycle's way to AWS", () => new WayOutReader(stack, client).ReadAsync(cancellation)),
            Secrets = await TryAsync("the machines' secrets", () => new SecretReader(stack, client).ReadAsync(cancellation)),
        };
        facts = facts with
        {
            DeniedSecrets = facts.Secrets is not { } secrets ? null
                : await TryAsync(
                    "what the machines' role may read", () => new SecretAccessReader(stack, client).ReadAsync(secrets, cancellation)),
            Images = snapshot is null ? null
                : await TryAsync("the images", () => new ImageReader(registry, logins).ReadAsync(snapshot, cancellation)),
        };
        return facts with { Unread = [.. unread] };
    }

    private static IReadOnlyList<string> RunningOf(Snapshot snapshot) =>
        [.. snapshot.Group.Instances.Where(instance => instance.IsInService || instance.IsPending).Select(instance => instance.Id)];

    private async Task<T?> TryAsync<T>(string what, Func<Task<T>> read)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (Exception error) when (error is AwsCallException or AmazonServiceException or AmazonClientException or OperationException)
        {
            unread.Add($"{what}: {error.Message}");
            return null;
        }
    }

    private async Task<IReadOnlyList<AutoScalingGroup>> ReadGroupsAsync(CancellationToken cancellation)
    {
        var response = await autoScaling.DescribeAutoScalingGroupsAsync(
            new DescribeAutoScalingGroupsRequest { AutoScalingGroupNames = [stack.Settings.GroupName] }, cancellation);
        return response.AutoScalingGroups ?? [];
    }

    private static GroupFacts Of(AutoScalingGroup group) =>
        new(group.MinSize ?? 0, group.MaxSize ?? 0, group.HealthCheckType ?? "EC2", (group.AvailabilityZones ?? []).Count);

    private async Task<IReadOnlyList<HookFacts>> ReadHooksAsync(CancellationToken cancellation)
    {
        var response = await autoScaling.DescribeLifecycleHooksAsync(
            new DescribeLifecycleHooksRequest { AutoScalingGroupName = stack.Settings.GroupName }, cancellation);
        return
        [
            .. (response.LifecycleHooks ?? []).Select(hook => new HookFacts(
                hook.LifecycleHookName,
                hook.LifecycleTransition,
                hook.DefaultResult,
                TimeSpan.FromSeconds(hook.HeartbeatTimeout ?? 0))),
        ];
    }

    private async Task<BusFacts> ReadBusAsync(CancellationToken cancellation)
    {
        var response = await EventsAsync("DescribeEventBus", new JsonObject { ["Name"] = stack.Bus }, cancellation);
        return new BusFacts((string?)response["Policy"]);
    }

    private async Task<IReadOnlyList<RuleFacts>> ReadRulesAsync(CancellationToken cancellation)
    {
        var rules = new List<RuleFacts>();
        foreach (var bus in (string[])["default", stack.Bus])
        {
            string? page = null;
            do
            {
                var arguments = new JsonObject { ["EventBusName"] = bus, ["Limit"] = PageSize };
                if (page is not null)
                {
                    arguments["NextToken"] = page;
                }

                var response = await EventsAsync("ListRules", arguments, cancellation);
                foreach (var rule in response["Rules"]!.AsArray().Where(rule => IsOfStack((string)rule!["Name"]!)))
                {
                    rules.Add(await ReadRuleAsync(bus, rule!, cancellation));
                }

                page = (string?)response["NextToken"];
            }
            while (page is not null);
        }

        return rules;
    }

    // CloudFormation begins each name that it makes with the stack's; on the app's own bus every rule counts.
    private bool IsOfStack(string rule) => rule.StartsWith(stack.Name, StringComparison.Ordinal);

    private async Task<RuleFacts> ReadRuleAsync(string bus, JsonNode rule, CancellationToken cancellation)
    {
        var name = (string)rule["Name"]!;
        var response = await EventsAsync(
            "ListTargetsByRule", new JsonObject { ["EventBusName"] = bus, ["Rule"] = name }, cancellation);
        return new RuleFacts(
            bus,
            name,
            (string?)rule["State"] == "ENABLED",
            (string?)rule["ScheduleExpression"],
            [.. response["Targets"]!.AsArray().Select(target => (string)target!["Arn"]!)]);
    }

    private async Task<IReadOnlyList<SubscriptionFacts>> ReadSubscriptionsAsync(CancellationToken cancellation)
    {
        var response = await client.QueryAsync(
            "sns", "2010-03-31", "ListSubscriptionsByTopic", new Dictionary<string, string> { ["TopicArn"] = stack.Topic }, cancellation);
        return
        [
            .. response.Descendants().Where(element => element.Name.LocalName == "member").Select(member => new SubscriptionFacts(
                Text(member, "Endpoint"), Text(member, "SubscriptionArn").StartsWith("arn:", StringComparison.Ordinal))),
        ];

        static string Text(XElement member, string name) =>
            member.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value ?? "";
    }

    private async Task<Letters> ReadDeadLettersAsync(CancellationToken cancellation)
    {
        const string Count = "ApproximateNumberOfMessages";
        var response = await client.JsonAsync(
            "sqs",
            "AmazonSQS",
            "GetQueueAttributes",
            new JsonObject { ["QueueUrl"] = stack.Queue, ["AttributeNames"] = new JsonArray(Count) },
            cancellation);
        return new Letters(int.TryParse((string?)response["Attributes"]?[Count], CultureInfo.InvariantCulture, out var count) ? count : 0);
    }

    private Task<JsonObject> EventsAsync(string action, JsonObject arguments, CancellationToken cancellation) =>
        client.JsonAsync("events", "AWSEvents", action, arguments, cancellation);

    private sealed record Letters(int Count);
}
