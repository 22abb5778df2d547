using System.Security.Cryptography;
using System.Text;

namespace Charlie.Sandbox.Template;

/// <summary>The resource types of the machine side: networks, roles, the launch template and the group.</summary>
internal static class InfrastructureTypes
{
    public const string Address = "AWS::EC2::EIP";
    public const string Bucket = "AWS::S3::Bucket";
    public const string Group = "AWS::AutoScaling::AutoScalingGroup";
    public const string Image = "AWS::ImageBuilder::Image";
    public const string LaunchTemplate = "AWS::EC2::LaunchTemplate";
    public const string Provider = "AWS::IAM::OIDCProvider";
    public const string Subnet = "AWS::EC2::Subnet";

    /// <summary>Those that a stack makes in the account; the others have no effect here and are only referred to.</summary>
    public static readonly IReadOnlyList<string> Made = [Bucket, Subnet, Provider, Address, Image, LaunchTemplate, Group];

    public static IEnumerable<KeyValuePair<string, ResourceType>> All { get; } = new Dictionary<string, ResourceType>
    {
        [Bucket] = new("BucketName", Lower, Attributes(("Arn", name => $"arn:aws:s3:::{Lower(name)}"))),
        ["AWS::S3::BucketPolicy"] = Nameless(),
        [Provider] = Nameless(("Arn", ProviderArn)) with { Ref = ProviderArn },
        ["AWS::IAM::InstanceProfile"] = new(
            "InstanceProfileName", Same, Attributes(("Arn", name => $"arn:aws:iam::{Account.Id}:instance-profile/{name}"))),
        ["AWS::EC2::VPC"] = Id("vpc", ("VpcId", name => Hex("vpc", name))),
        ["AWS::EC2::InternetGateway"] = Id("igw"),
        ["AWS::EC2::VPCGatewayAttachment"] = Nameless(),
        [Subnet] = Id("subnet", ("SubnetId", name => Hex("subnet", name))),
        ["AWS::EC2::RouteTable"] = Id("rtb"),
        ["AWS::EC2::Route"] = Nameless(),
        ["AWS::EC2::SubnetRouteTableAssociation"] = Id("rtbassoc"),
        ["AWS::EC2::NetworkAcl"] = Id("acl"),
        ["AWS::EC2::NetworkAclEntry"] = Nameless(),
        ["AWS::EC2::SubnetNetworkAclAssociation"] = Id("aclassoc"),
        ["AWS::EC2::SecurityGroupEgress"] = Id("sgr"),
        ["AWS::EC2::SecurityGroupIngress"] = Id("sgr"),
        ["AWS::EC2::VPCEndpoint"] = Id("vpce"),
        // What these two and a provider are called is known once they are made.
        [Address] = Id("eip", ("AllocationId", name => Hex("eipalloc", name))),
        [LaunchTemplate] = Id("lt", ("LatestVersionNumber", _ => "1"), ("DefaultVersionNumber", _ => "1")),
        [Group] = new("AutoScalingGroupName", Same, Attributes()),
        ["AWS::ElasticLoadBalancingV2::LoadBalancer"] = new(
            "Name", Balancer, Attributes(("DNSName", name => $"{Lower(name)}.elb.amazonaws.com"))),
        ["AWS::ElasticLoadBalancingV2::TargetGroup"] = new("Name", Targets, Attributes(("TargetGroupArn", Targets))),
        ["AWS::ElasticLoadBalancingV2::Listener"] = Nameless(),
        ["AWS::ElasticLoadBalancingV2::ListenerRule"] = Nameless(),
        ["AWS::ImageBuilder::Component"] = new("Name", Built("component"), Attributes(("Arn", Built("component")))),
        ["AWS::ImageBuilder::ImageRecipe"] = new("Name", Built("image-recipe"), Attributes(("Arn", Built("image-recipe")))),
        ["AWS::ImageBuilder::InfrastructureConfiguration"] = new("Name", Built("infrastructure-configuration"), Attributes()),
        [Image] = new(null, Built("image"), Attributes(("ImageId", name => Hex("ami", name)))),
    };

    /// <summary>The resource types whose ARN ends with the property <c>Version</c>.</summary>
    public static readonly IReadOnlyList<string> Versioned = ["AWS::ImageBuilder::Component", "AWS::ImageBuilder::ImageRecipe"];

    /// <summary>The machine image that is built: another recipe makes another one.</summary>
    public static string ImageIdOf(string properties) => Hex("ami", properties);

    private static ResourceType Nameless(params (string Name, Func<string, string> Of)[] attributes) =>
        new(null, Same, Attributes(attributes));

    private static ResourceType Id(string kind, params (string Name, Func<string, string> Of)[] attributes) => new(
        kind == "lt" ? "LaunchTemplateName" : null,
        name => Hex(kind, name),
        Attributes([("Id", name => Hex(kind, name)), .. attributes]));

    private static Dictionary<string, Func<string, string>> Attributes(params (string Name, Func<string, string> Of)[] attributes) =>
        attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Of);

    private static Func<string, string> Built(string kind) =>
        name => $"arn:aws:imagebuilder:{Account.Region}:{Account.Id}:{kind}/{Lower(name)}";

    private static string Balancer(string name) => Account.Arn("elasticloadbalancing", $"loadbalancer/app/{name}/{Hex("", name)[2..]}");

    private static string Targets(string name) => Account.Arn("elasticloadbalancing", $"targetgroup/{name}/{Hex("", name)[2..18]}");

    private static string ProviderArn(string name) => $"arn:aws:iam::{Account.Id}:oidc-provider/{Lower(name)}";

    private static string Hex(string kind, string name) =>
        $"{kind}-0{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..16]}";

    private static string Lower(string name) => name.ToLowerInvariant();

    private static string Same(string name) => name;
}
