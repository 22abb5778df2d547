using System.Globalization;
using Charlie.Lambdas.Decisions;
using Charlie.Operations.Doctor;
using static Charlie.EndToEnd.Tests.Operating.Examples;

namespace Charlie.EndToEnd.Tests.Operating;

/// <summary>Each precondition that a plant breaks is found by its name, and nothing else is; a clean stack has no complaint.</summary>
public sealed class DoctorTests
{
    private static readonly string[] Sids = ["AllowCi", "AllowOps", "DenyCiSource", "DenyOpsSource", "DenyOtherSources", "DenyOthers"];

    /// <summary>What is broken, by the name of the finding that says so.</summary>
    private static readonly Dictionary<string, Func<DoctorFacts, DoctorFacts>> Plants = new()
    {
        ["GroupMissing"] = facts => facts with { Snapshot = null, Group = null, Hooks = null, IsGroupMissing = true },
        ["HookMissing"] = facts => facts with { Hooks = [] },
        ["HookTransition"] = facts => WithHook(facts, hook => hook with { Transition = "autoscaling:EC2_INSTANCE_TERMINATING" }),
        ["HookDefault"] = facts => WithHook(facts, hook => hook with { DefaultResult = "CONTINUE" }),
        ["HookHeartbeat"] = facts => WithHook(facts, hook => hook with { Heartbeat = TimeSpan.FromSeconds(1100) }),
        ["OtherHook"] = facts => facts with { Hooks = [.. facts.Hooks!, facts.Hooks![0] with { Name = "other" }] },
        ["PinNotNumeric"] = facts => WithGroup(facts, group => group with { Pin = null }),
        ["PinUnknown"] = facts => WithGroup(facts, group => group with { Pin = 99 }),
        ["Suspended"] = facts => WithTraits(facts, traits => traits with { Suspended = [.. traits.Suspended, "Terminate"] }),
        ["MixedInstances"] = facts => WithTraits(facts, traits => traits with { HasMixedInstancesPolicy = true }),
        ["WarmPool"] = facts => WithTraits(facts, traits => traits with { HasWarmPool = true }),
        ["ReplaceNeedsOne"] = facts => WithGroup(facts, group => group with { DesiredCapacity = 2 }),
        ["SingletonMaxSize"] = facts => facts with { Group = facts.Group! with { MaxSize = 2 } },
        ["SingletonLaunchesFirst"] = facts => WithTraits(facts, traits => traits with { LaunchesFirst = true }),
        ["SingletonPercentages"] = facts => WithSettings(
            facts, ("CHARLIE_STRATEGY", "Rolling"), ("CHARLIE_MIN_HEALTHY_PERCENTAGE", "100"), ("CHARLIE_MAX_HEALTHY_PERCENTAGE", "200")),
        ["SingletonHealthCheck"] = facts => facts with { Group = facts.Group! with { HealthCheckType = "ELB" } },
        ["Rebalance"] = facts => WithTraits(facts, traits => traits with { Suspended = [] }),
        ["DeploymentDeadline"] = facts => WithSettings(
            facts, ("CHARLIE_DEPLOYMENT_DEADLINE_SECONDS", "900"), ("CHARLIE_BAKE_SECONDS", "600")),
        ["VersionMissing"] = facts => WithRecords(
            WithVersions(facts, one => one.Release == First ? null : one),
            records => records with { Rejections = [new Rejection(Second, First, Second, Now, RejectedBy.Operator, "why")] }),
        ["BaseMissing"] = facts => WithVersions(facts, one => one.IsBase ? null : one),
        ["ImageMissing"] = facts => WithVersions(facts, one => one with { Image = one.Release == Second ? null : one.Image }),
        ["OtherRepository"] = facts => WithVersions(
            facts, one => one with { Image = one.Release == Second ? "registry.example/x@sha256:1" : one.Image }),
        ["NoFallback"] = facts => WithRecords(facts, records => records with { Confirmations = [new Confirmation(Second, 3, Now)] }),
        ["TagsFull"] = facts => WithRecords(facts, records => records with { TagCount = 47 }),
        ["TagUnreadable"] = facts => WithRecords(facts, records => records with { Unreadable = ["charlie:confirmed:x"] }),
        ["Down"] = facts => WithRecords(facts, records => records with { Down = new DownSince(Now, 1) }),
        ["HoldWithoutEnd"] = facts => WithRecords(
            facts, records => records with { Holds = [new Hold(Holder.Operator, Second, Now, null, "why")] }),
        ["Stopped"] = facts => WithRecords(facts, records => records with { Stopped = new Stopped(Now, "why") }),
        ["MachinesFail"] = facts => WithRecords(
            facts, records => records with { Attempts = [new Attempts(Second, Now, 2, ["i-1"], "no login")] }),
        ["BusPolicy"] = facts => facts with { Bus = new BusFacts(PolicyOf(Sids[..^1])) },
        ["RuleDisabled"] = facts => WithRule(facts, "charlie-launch", rule => rule with { IsEnabled = false }),
        ["RuleWithoutTarget"] = facts => facts with { Rules = [.. facts.Rules!, new RuleFacts("charlie", "charlie-x", true, null, [])] },
        ["SweepMissing"] = facts => facts with { Rules = [.. facts.Rules!.Where(rule => rule.Name != "charlie-refresh-sweep")] },
        ["BusRuleMissing"] = facts => facts with { Rules = [.. facts.Rules!.Where(rule => rule.Name != "charlie-pushed")] },
        ["LaunchRuleMissing"] = facts => facts with { Rules = [.. facts.Rules!.Where(rule => rule.Name != "charlie-launch")] },
        ["AlertRulesMissing"] = facts => facts with { Rules = [.. facts.Rules!.Where(rule => rule.Name != "charlie-alert")] },
        ["NobodyIsTold"] = facts => facts with { Subscriptions = [] },
        ["SubscriptionPending"] = facts => facts with { Subscriptions = [new SubscriptionFacts("ops@example.com", false)] },
        ["DeadLetters"] = facts => facts with { DeadLetters = 3 },
        ["AlarmMissing"] = facts => facts with { Alarms = [.. facts.Alarms!.Skip(2)] },
        ["AlarmDisabled"] = facts => facts with { Alarms = [facts.Alarms![0] with { IsEnabled = false }, .. facts.Alarms.Skip(1)] },
        ["AlarmUnheard"] = facts => facts with { Alarms = [facts.Alarms![0] with { Actions = [] }, .. facts.Alarms.Skip(1)] },
        ["ProbeBlocked"] = facts => WithRules(facts, new IngressRule(80, 80, ["sg-3"]), new IngressRule(443, 443, ["0.0.0.0/0"])),
        ["NoWayOut"] = facts => WithEndpoint(facts, "ec2", endpoint => endpoint with { IsUsable = false }),
        ["EndpointClosed"] = facts => WithEndpoint(
            facts, "autoscaling", endpoint => endpoint with { Rules = [new IngressRule(443, 443, ["sg-2"])] }),
        ["SecretMissing"] = facts => facts with { Secrets = [facts.Secrets![0] with { IsThere = false }] },
        ["TokenExpired"] = facts => WithToken(facts, day: 0),
        ["TokenExpiresSoon"] = facts => WithToken(facts, day: 30),
        ["TokenExpiryUnreadable"] = facts => facts with { Secrets = [facts.Secrets![0] with { TokenExpires = "2027-02-30" }] },
        ["SecretDenied"] = facts => facts with { DeniedSecrets = [new SecretAccessFacts("arn:aws:iam::123456789012:role/m", "bot")] },
        ["DesiredImageGone"] = facts => WithImages(facts, image => image with { IsThere = image.IsFallback }),
        ["FallbackImageGone"] = facts => WithImages(facts, image => image with { IsThere = !image.IsFallback }),
        ["SecretDeleted"] = facts => facts with { Secrets = [facts.Secrets![0] with { IsDeleted = true }] },
    };

    public static TheoryData<string> Names => [.. Plants.Keys];

    [Fact]
    public void A_clean_stack_has_no_complaint() => Assert.Empty(Examination.Of(Clean()).Findings);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_planted_fault_is_found_and_its_mend_is_named(string name)
    {
        var finding = Assert.Single(Examination.Of(Plants[name](Clean())).Findings);
        Assert.Equal(name, finding.Name);
        Assert.NotEmpty(finding.Mend);
        Assert.EndsWith(".", finding.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_with_a_route_out_needs_no_endpoint() =>
        Assert.Empty(Examination.Of(Clean() with { WayOut = new WayOutFacts([], []) }).Findings);

    [Fact]
    public void What_could_not_be_read_is_no_complaint_and_is_named()
    {
        var unread = Clean() with
        {
            Snapshot = null,
            Group = null,
            Hooks = null,
            Bus = null,
            Rules = null,
            Subscriptions = null,
            DeadLetters = null,
            Alarms = null,
            Ingress = null,
            WayOut = null,
            Secrets = null,
            DeniedSecrets = null,
            Images = null,
            Unread = ["the bus: no right"],
        };
        var document = Examination.Of(unread);
        Assert.Empty(document.Findings);
        Assert.Equal(["the bus: no right"], document.Unread);
    }

    [Fact]
    public void A_token_that_expires_later_or_of_which_no_day_is_known_is_no_finding()
    {
        Assert.Empty(Examination.Of(WithToken(Clean(), day: 32)).Findings);
        Assert.Empty(Examination.Of(Clean()).Findings);
        var tomorrow = Assert.Single(Examination.Of(WithToken(Clean(), day: 1)).Findings);
        Assert.Contains("in 1 day:", tomorrow.What, StringComparison.Ordinal);
    }

    [Fact]
    public void The_secret_of_GitLabs_token_is_none_of_the_machines()
    {
        var facts = Clean();
        var secret = facts.Secrets![0] with { Setting = SecretFacts.OfGitLab };
        var missing = Assert.Single(Examination.Of(facts with { Secrets = [secret with { IsThere = false }] }).Findings);
        Assert.Contains("GitLab is not told how a push ends", missing.What, StringComparison.Ordinal);
        var expired = Assert.Single(Examination.Of(WithToken(facts with { Secrets = [secret] }, day: -1)).Findings);
        Assert.Equal("TokenExpired", expired.Name);
        Assert.Contains("GitLab is not told how a push ends", expired.What, StringComparison.Ordinal);
    }

    private static DoctorFacts Clean()
    {
        return new DoctorFacts(
            Stack(),
            Now,
            Examples.Confirmed(),
            new GroupFacts(1, 1, "EC2", 2),
            [new HookFacts("charlie-launch", "autoscaling:EC2_INSTANCE_LAUNCHING", "ABANDON", TimeSpan.FromSeconds(1800))],
            new BusFacts(PolicyOf([.. Sids])),
            [
                new RuleFacts("charlie", "charlie-pushed", true, null, [Arn("refresh")]),
                new RuleFacts("charlie", "charlie-reported", true, null, [Arn("lifecycle")]),
                new RuleFacts("charlie", "charlie-alert", true, null, [Arn("notify")]),
                new RuleFacts("default", "charlie-launch", true, null, [Arn("lifecycle")]),
                new RuleFacts("default", "charlie-refresh-sweep", true, "rate(1 minute)", [Arn("refresh")]),
                new RuleFacts("default", "charlie-lifecycle-sweep", true, "rate(1 minute)", [Arn("lifecycle")]),
            ],
            [new SubscriptionFacts("ops@example.com", true)],
            0,
            [])
        {
            Alarms =
            [
                .. ((string[])["refresh", "lifecycle"]).SelectMany(function =>
                    ((string[])["Errors", "Throttles", "DestinationDeliveryFailures", "Invocations"])
                        .Select(metric => new AlarmFacts($"charlie-{function}-{metric}", metric, function, true, ["topic"]))),
                new AlarmFacts("charlie-letters", "ApproximateNumberOfMessagesVisible", "queue", true, ["topic"]),
            ],
            Ingress = [new IngressFacts("i-1", ["sg-2"], [new IngressRule(80, 80, ["sg-1"])])],
            WayOut = new WayOutFacts(["subnet-1"], [Endpoint("ec2"), Endpoint("autoscaling"), Endpoint("ec2messages")]),
            Secrets = [new SecretFacts("appSecret", "arn:aws:secretsmanager:us-east-1:123456789012:secret:bot", true, false)],
            DeniedSecrets = [],
            Images =
            [
                new ImageFacts(Second, "registry/bot@sha256:2", IsFallback: false, IsThere: true),
                new ImageFacts(First, "registry/bot@sha256:1", IsFallback: true, IsThere: true),
            ],
        };
    }

    private static string PolicyOf(params IEnumerable<string> sids) =>
        $$"""{"Statement":[{{string.Join(',', sids.Select(sid => $$"""{"Sid":"{{sid}}"}"""))}}]}""";

    private static string Arn(string function) => $"arn:aws:lambda:us-east-1:123456789012:function:{function}";

    private static DoctorFacts WithToken(DoctorFacts facts, int day) => facts with
    {
        Secrets = [facts.Secrets![0] with { TokenExpires = Now.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) }],
    };

    private static DoctorFacts WithImages(DoctorFacts facts, Func<ImageFacts, ImageFacts> change) =>
        facts with { Images = [.. facts.Images!.Select(change)] };

    private static DoctorFacts WithRules(DoctorFacts facts, params IReadOnlyList<IngressRule> rules) =>
        facts with { Ingress = [facts.Ingress![0] with { Rules = rules }] };

    private static EndpointFacts Endpoint(string service) =>
        new($"vpce-{service}", $"com.amazonaws.us-east-1.{service}", true, ["sg-4"], [new IngressRule(443, 443, ["sg-1"])]);

    private static DoctorFacts WithEndpoint(DoctorFacts facts, string service, Func<EndpointFacts, EndpointFacts> change)
    {
        var endpoints = facts.WayOut!.Endpoints.Select(one =>
            one.Service.EndsWith($".{service}", StringComparison.Ordinal) ? change(one) : one);
        return facts with { WayOut = facts.WayOut with { Endpoints = [.. endpoints] } };
    }

    private static DoctorFacts WithHook(DoctorFacts facts, Func<HookFacts, HookFacts> change) =>
        facts with { Hooks = [change(facts.Hooks![0])] };

    private static DoctorFacts WithGroup(DoctorFacts facts, Func<Group, Group> change) =>
        facts with { Snapshot = facts.Snapshot!.With(facts.Snapshot.Records, change(facts.Snapshot.Group)) };

    private static DoctorFacts WithTraits(DoctorFacts facts, Func<GroupTraits, GroupTraits> change) =>
        WithGroup(facts, group => group with { Traits = change(group.Traits) });

    private static DoctorFacts WithRecords(DoctorFacts facts, Func<Records, Records> change) =>
        facts with { Snapshot = facts.Snapshot!.With(change(facts.Snapshot.Records), facts.Snapshot.Group) };

    private static DoctorFacts WithVersions(DoctorFacts facts, Func<ReleaseVersion, ReleaseVersion?> change) =>
        WithRecords(facts, records => records with { Versions = [.. records.Versions.Select(change).OfType<ReleaseVersion>()] });

    private static DoctorFacts WithSettings(DoctorFacts facts, params ReadOnlySpan<(string Name, string Value)> others) =>
        facts with { Stack = Stack(others) };

    private static DoctorFacts WithRule(DoctorFacts facts, string name, Func<RuleFacts, RuleFacts> change) =>
        facts with { Rules = [.. facts.Rules!.Select(rule => rule.Name == name ? change(rule) : rule)] };
}
