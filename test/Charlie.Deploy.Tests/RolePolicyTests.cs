namespace Charlie.Deploy.Tests;

/// <summary>What the roles of both stacks may do, asked call by call as IAM would be.</summary>
public sealed class RolePolicyTests
{
    private const string Ec2 = $"arn:aws:ec2:us-east-1:{ResolvedTemplate.Account}:";
    private const string LaunchTemplate = Ec2 + "launch-template/lt-0123456789abcdef0";
    private const string Instance = Ec2 + "instance/i-0123456789abcdef0";
    private const string Interface = Ec2 + "network-interface/eni-0123456789abcdef0";
    private const string Key = $"arn:aws:kms:us-east-1:{ResolvedTemplate.Account}:key/0123";
    private const string Secret = $"arn:aws:secretsmanager:us-east-1:{ResolvedTemplate.Account}:secret:bot";

    private static readonly ResolvedTemplate Functions = new(
        "serverless.template", ("LaunchTemplateId", "lt-0123456789abcdef0"), ("GitLabTokenSecretArn", Secret));

    private static readonly ResolvedTemplate Machine = new(
        "infrastructure/production.template",
        ("App", "charlie"), ("AppSecretArn", Secret), ("SecretKeyArn", Key), ("VpcId", "vpc-0123456789abcdef0"));

    private static readonly (string, string[]) OfTheTemplate = ("ec2:LaunchTemplate", [LaunchTemplate]);

    public static TheoryData<string> Pinning => ["RefreshRole", "LifecycleRole"];

    /// <summary>Auto Scaling asks this of whoever pins a version. A launch with another image or security group is refused.</summary>
    [Theory]
    [MemberData(nameof(Pinning))]
    public void Machines_come_from_the_one_template_with_nothing_put_in_its_place(string role)
    {
        var statements = Functions.Statements(role);
        string[] own = [Instance, "arn:aws:ec2:us-east-1::image/ami-1", Ec2 + "security-group/sg-1", Ec2 + "volume/*", LaunchTemplate];
        Assert.All(own, resource =>
        {
            Assert.True(Runs(resource, "true", OfTheTemplate), resource);
            Assert.False(Runs(resource, "false", OfTheTemplate), resource);
            Assert.False(Runs(resource, "true", ("ec2:LaunchTemplate", [Ec2 + "launch-template/lt-1"])), resource);
            Assert.False(Runs(resource, null), resource);
        });

        // The group names the subnet, not the template.
        Assert.True(Runs(Ec2 + "subnet/subnet-1", "false", OfTheTemplate));
        Assert.False(Runs(Ec2 + "subnet/subnet-1", "false"));

        bool Runs(string resource, string? isItsOwn, params (string, string[])[] context) => PolicyEvaluator.Allows(
            statements,
            new IamRequest(
                "ec2:RunInstances", resource,
                isItsOwn is null ? context : [.. context, ("ec2:IsLaunchTemplateResource", [isItsOwn])]));
    }

    [Theory]
    [InlineData("RefreshRole")]
    [InlineData("LifecycleRole")]
    [InlineData("NotifyRole")]
    [InlineData("GitLabRole")]
    public void Only_functions_of_the_account_take_a_role(string role)
    {
        var trust = Functions.Properties(role)["AssumeRolePolicyDocument"]!["Statement"]!.AsArray().Select(one => one!).ToList();
        Assert.True(Takes(("aws:SourceAccount", [ResolvedTemplate.Account])));
        Assert.False(Takes(("aws:SourceAccount", ["210987654321"])));
        Assert.False(Takes());

        bool Takes(params (string, string[])[] context) =>
            PolicyEvaluator.Allows(trust, new IamRequest("sts:AssumeRole", "", context));
    }

    [Theory]
    [InlineData("charlie", true)]
    [InlineData("other", false)]
    [InlineData(null, false)]
    public void A_machine_gives_the_address_to_instances_of_its_app_only(string? app, bool isAllowed) =>
        Assert.All(
            new[] { "ec2:AssociateAddress", "ec2:DisassociateAddress" },
            action => Assert.Equal(isAllowed, May(action, Instance, Tagged(app))));

    /// <summary>An interface of a version from before has no tag; one of another app or network is refused.</summary>
    [Theory]
    [InlineData("charlie", "vpc-0123456789abcdef0", true)]
    [InlineData(null, "vpc-0123456789abcdef0", true)]
    [InlineData("other", "vpc-0123456789abcdef0", false)]
    [InlineData("charlie", "vpc-1", false)]
    [InlineData(null, "vpc-1", false)]
    public void A_machine_gives_the_address_to_interfaces_of_its_network_only(string? app, string network, bool isAllowed) =>
        Assert.Equal(isAllowed, May("ec2:AssociateAddress", Interface, [.. Tagged(app), ("ec2:Vpc", [Ec2 + "vpc/" + network])]));

    [Theory]
    [InlineData("charlie:app-stopped-at", "AROA:i-0123456789abcdef0", true)]
    [InlineData("charlie:app-stopped-at", "AROA:i-1", false)]
    [InlineData("charlie:in-service-at", "AROA:i-0123456789abcdef0", false)]
    [InlineData(null, "AROA:i-0123456789abcdef0", false)]
    public void A_machine_writes_its_two_tags_on_itself_only(string? key, string caller, bool isAllowed) => Assert.Equal(
        isAllowed,
        May(
            "ec2:CreateTags",
            Instance,
            [
                ("aws:userid", [caller]), ("ec2:InstanceID", ["i-0123456789abcdef0"]),
                .. key is null ? [] : new[] { ("aws:TagKeys", new[] { key }) },
            ]));

    [Theory]
    [InlineData("secretsmanager.us-east-1.amazonaws.com", true)]
    [InlineData("s3.us-east-1.amazonaws.com", false)]
    [InlineData(null, false)]
    public void A_machine_uses_the_key_of_its_secrets_to_read_them_only(string? service, bool isAllowed) => Assert.Equal(
        isAllowed, May("kms:Decrypt", Key, service is null ? [] : [("kms:ViaService", [service])]));

    [Fact]
    public void Without_a_key_a_machine_decrypts_nothing()
    {
        var machine = new ResolvedTemplate("infrastructure/production.template", ("AppSecretArn", Secret));
        var request = new IamRequest("kms:Decrypt", Key, ("kms:ViaService", ["secretsmanager.us-east-1.amazonaws.com"]));
        Assert.False(PolicyEvaluator.Allows(machine.Statements("InstanceRole"), request));
    }

    /// <summary>Lifecycle and the machines speak with AWS by the endpoints; nothing else does, and no foreign key.</summary>
    [Theory]
    [InlineData("Ec2Endpoint", "ec2")]
    [InlineData("AutoScalingEndpoint", "autoscaling")]
    public void An_endpoint_carries_the_calls_of_its_network_and_no_others(string endpoint, string service)
    {
        var network = new ResolvedTemplate("infrastructure/production.template");
        var policy = network.Properties(endpoint)["PolicyDocument"]!["Statement"]!.AsArray().Select(one => one!).ToList();
        // EC2 is asked for ec2:RunInstances by Auto Scaling, which does not come this way.
        var called = Functions.Statements("LifecycleRole").Concat(network.Statements("InstanceRole"))
            .Where(statement => (string)statement["Effect"]! == "Allow")
            .SelectMany(statement => Template.Strings(statement["Action"]))
            .Where(action => action.StartsWith(service + ":", StringComparison.Ordinal) && action != "ec2:RunInstances")
            .Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.Equal(called, Template.Strings(Assert.Single(policy)["Action"]));
        Assert.All(called, action =>
        {
            Assert.True(PolicyEvaluator.Allows(policy, new IamRequest(action, "*", ("aws:PrincipalAccount", [ResolvedTemplate.Account]))));
            Assert.False(PolicyEvaluator.Allows(policy, new IamRequest(action, "*", ("aws:PrincipalAccount", ["210987654321"]))));
            Assert.False(PolicyEvaluator.Allows(policy, new IamRequest(action, "*")));
        });
    }

    private static bool May(string action, string resource, params (string, string[])[] context) =>
        PolicyEvaluator.Allows(Machine.Statements("InstanceRole"), new IamRequest(action, resource, context));

    private static (string, string[])[] Tagged(string? app) => app is null ? [] : [("aws:ResourceTag/charlie:app", [app])];
}
