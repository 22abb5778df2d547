using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Charlie.Deploy.Tests;

/// <summary>What <c>infrastructure/production.template</c> makes of network, balancer and group, with values for its parameters.</summary>
public sealed class NetworkTemplateTests
{
    private const string Path = "infrastructure/production.template";
    private const string Certificate = "arn:aws:acm:us-east-1:123456789012:certificate/0123";

    private static readonly ResolvedTemplate Balanced = new(
        Path,
        ("LoadBalancer", "true"), ("CertificateArn", Certificate),
        ("VisitorCidr", "203.0.113.0/24"), ("VisitorPaths", "/api/*,/version"));

    private static readonly JsonObject Root = TemplateReader.Read(Repository.Read(Path));

    [Fact]
    public void A_group_is_not_deleted_by_force_and_judged_by_Charlie_alone()
    {
        foreach (var balanced in new[] { "true", "false" })
        {
            var group = new ResolvedTemplate(Path, ("LoadBalancer", balanced), ("CertificateArn", Certificate)).Properties("Group");
            Assert.Equal("prevent-force-deletion", (string)group["DeletionProtection"]!);
            Assert.Equal(("EC2", 0), ((string)group["HealthCheckType"]!, (int)group["HealthCheckGracePeriod"]!));
            Assert.Equal("""[{"Granularity":"1Minute"}]""", group["MetricsCollection"]!.ToJsonString());
        }
    }

    /// <summary>What the group names is there before it; a resource is there after what it names or depends on.</summary>
    [Theory]
    [InlineData("PublicRoute")]
    [InlineData("GatewayAttachment")]
    [InlineData("PublicRoutesA")]
    [InlineData("PublicRoutesB")]
    [InlineData("PublicAclA")]
    [InlineData("PublicAclB")]
    [InlineData("PublicInWithin")]
    [InlineData("PublicInAnswers")]
    [InlineData("PublicInNames")]
    [InlineData("PublicInTooLong")]
    [InlineData("PublicOut")]
    public void No_machine_boots_before_its_network(string needed) => Assert.Contains(needed, Before("Group"));

    [Fact]
    public void A_network_that_is_there_is_not_waited_for() => Assert.Equal(
        ["subnet-1", "subnet-2"],
        Template.Strings(new ResolvedTemplate(Path, ("VpcId", "vpc-1"), ("PublicSubnetIds", "subnet-1,subnet-2"))
            .Properties("Group")["VPCZoneIdentifier"]));

    /// <summary>Type 3, code 4: a packet is too long for a router that may not split it.</summary>
    [Fact]
    public void The_word_that_a_packet_is_too_long_comes_in_from_anywhere()
    {
        var rule = Balanced.Properties("PublicInTooLong");
        Assert.Equal("""{"Type":3,"Code":4}""", rule["Icmp"]!.ToJsonString());
        Assert.Equal((1, "allow", "0.0.0.0/0"), ((int)rule["Protocol"]!, (string)rule["RuleAction"]!, (string)rule["CidrBlock"]!));
        Assert.Null(rule["Egress"]);
    }

    [Fact]
    public void The_balancer_speaks_with_the_instances_only()
    {
        var own = Assert.Single(Balanced.Properties("BalancerSecurityGroup")["SecurityGroupEgress"]!.AsArray())!;
        Assert.Equal("127.0.0.1/32", (string)own["CidrIp"]!);
        var rule = Assert.Single(
            Balanced.Made.Where(id => Balanced.TypeOf(id) == "AWS::EC2::SecurityGroupEgress").Select(Balanced.Properties),
            one => (string)one["GroupId"]! == "BalancerSecurityGroup");
        Assert.Equal(
            ("InstanceSecurityGroup", "8000", "8000"),
            ((string)rule["DestinationSecurityGroupId"]!, (string)rule["FromPort"]!, (string)rule["ToPort"]!));
    }

    [Theory]
    [InlineData("", "false", true)]
    [InlineData(Certificate, "false", false)]
    [InlineData("", "true", false)]
    public void A_balancer_answers_HTTPS_unless_plain_HTTP_is_asked_for(string certificate, string plain, bool isRefused)
    {
        var template = new ResolvedTemplate(Path, ("LoadBalancer", "true"), ("CertificateArn", certificate), ("PlainHttp", plain));
        Assert.Equal(
            isRefused ? ["LoadBalancer needs CertificateArn. PlainHttp true does without, unencrypted."] : [], template.Violations);
        var made = template.Made.ToList();
        Assert.Equal(certificate.Length > 0, made.Contains("SecureListener"));
        Assert.Equal(certificate.Length == 0, made.Contains("PlainListener"));
    }

    [Fact]
    public void Only_the_paths_and_addresses_that_are_named_come_to_the_app()
    {
        var rule = Balanced.Properties("VisitorsRule");
        Assert.Equal("SecureListener", (string)rule["ListenerArn"]!);
        Assert.Equal("""["/api/*","/version"]""", rule["Conditions"]![0]!["PathPatternConfig"]!["Values"]!.ToJsonString());
        Assert.Equal("TargetGroup", (string)rule["Actions"]![0]!["TargetGroupArn"]!);
        Assert.Equal(
            """[{"Type":"fixed-response","FixedResponseConfig":{"StatusCode":"404"}}]""",
            Balanced.Properties("SecureListener")["DefaultActions"]!.ToJsonString());
        var open = Assert.Single(Balanced.Properties("BalancerSecurityGroup")["SecurityGroupIngress"]!.AsArray())!;
        Assert.Equal("203.0.113.0/24", (string)open["CidrIp"]!);
        Assert.Equal("203.0.113.0/24", (string)Balanced.Properties("PublicInVisitors")["CidrBlock"]!);
    }

    [Theory]
    [InlineData("VisitorPaths", "/*", true)]
    [InlineData("VisitorPaths", "/a,/b/*,/c,/d,/e", true)]
    [InlineData("VisitorPaths", "/a,/b,/c,/d,/e,/f", false)]
    [InlineData("VisitorPaths", "", false)]
    [InlineData("VisitorPaths", "metrics", false)]
    [InlineData("VisitorCidr", "203.0.113.7/32", true)]
    [InlineData("VisitorCidr", "203.0.113.7", false)]
    [InlineData("DiskKeyArn", "arn:aws:kms:us-east-1:123456789012:key/0123-abcd", true)]
    [InlineData("DiskKeyArn", "alias/aws/ebs", false)]
    public void A_parameter_takes_what_it_says(string name, string value, bool isTaken) =>
        Assert.Equal(isTaken, Regex.IsMatch(value, (string)Root["Parameters"]![name]!["AllowedPattern"]!));

    [Theory]
    [InlineData("https://gitlab.com", true)]
    [InlineData("https://gitlab.example.com", true)]
    [InlineData("https://gitlab.example.com:8443", false)]
    [InlineData("https://gitlab.example.com/", false)]
    [InlineData("http://gitlab.example.com", false)]
    public void A_provider_has_no_port(string url, bool isTaken)
    {
        var parameters = TemplateReader.Read(Repository.Read("infrastructure/gitlab.template"))["Parameters"]!;
        Assert.Equal(isTaken, Regex.IsMatch(url, (string)parameters["GitLabUrl"]!["AllowedPattern"]!));
    }

    [Fact]
    public void The_disk_has_the_key_that_is_given()
    {
        Assert.Equal("a-key", (string)Disk(("DiskKeyArn", "a-key"))["KmsKeyId"]!);
        Assert.Null(Disk()["KmsKeyId"]);
        Assert.True((bool)Disk()["Encrypted"]!);

        static JsonNode Disk(params (string, string)[] values) =>
            new ResolvedTemplate(Path, values).Properties("LaunchTemplate")["LaunchTemplateData"]!["BlockDeviceMappings"]![0]!["Ebs"]!;
    }

    /// <summary>The interfaces carry the app's name, which the instance role goes by.</summary>
    [Fact]
    public void Instances_and_their_interfaces_are_tagged_with_the_app()
    {
        var specifications = Balanced.Properties("LaunchTemplate")["LaunchTemplateData"]!["TagSpecifications"]!.AsArray();
        Assert.All(new[] { "instance", "network-interface" }, type => Assert.Contains(
            specifications.Single(one => (string)one!["ResourceType"]! == type)!["Tags"]!.AsArray(),
            tag => (string)tag!["Key"]! == "charlie:app"));
    }

    private static HashSet<string> Before(string resource)
    {
        var found = new HashSet<string>();
        var open = new Stack<string>([resource]);
        while (open.TryPop(out var next))
        {
            var declared = Root["Resources"]![next]!;
            var named = Template.Descendants(declared["Properties"]).OfType<JsonObject>()
                .Where(one => one.Count == 1)
                .Select(one => (string?)(one["Ref"] ?? one["Fn::GetAtt"]?[0]))
                .Concat(Template.Strings(declared["DependsOn"]));
            foreach (var name in named.OfType<string>().Where(name => Root["Resources"]![name] is not null && found.Add(name)))
            {
                open.Push(name);
            }
        }

        return found;
    }
}
