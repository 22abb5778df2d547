namespace Charlie.Operations.Doctor;

/// <summary>Whether Lifecycle reaches EC2 and Auto Scaling from its subnets: by a route, or by endpoints.</summary>
internal static class WayOutChecks
{
    private const int Https = 443;

    private static readonly string[] Services = ["ec2", "autoscaling"];

    public static IEnumerable<Finding> Of(DoctorFacts facts) =>
        facts.WayOut is { ClosedSubnets: [_, ..] } way ? Services.Select(service => Of(service, way, facts)).OfType<Finding>() : [];

    private static Finding? Of(string service, WayOutFacts way, DoctorFacts facts)
    {
        var (ours, subnets) = (facts.Stack.LifecycleSecurityGroup, string.Join(", ", way.ClosedSubnets));
        EndpointFacts[] usable =
        [
            .. way.Endpoints.Where(endpoint => endpoint.IsUsable && endpoint.Service.EndsWith($".{service}", StringComparison.Ordinal)),
        ];
        return usable switch
        {
            [] => new Finding(
                "network",
                "NoWayOut",
                $"Lifecycle's subnets ({subnets}) have no default route, and the network has no endpoint of {service} to use.",
                $"aws ec2 create-vpc-endpoint --vpc-endpoint-type Interface --vpc-id {facts.Stack.Vpc}"
                + $" --service-name com.amazonaws.{RegionOf(facts)}.{service}"
                + $" --subnet-ids {string.Join(' ', facts.Stack.Subnets)} --private-dns-enabled"),
            [var first, ..] when !usable.Any(endpoint => endpoint.Rules.Any(rule => rule.LetsIn(ours, Https))) => new Finding(
                "network",
                "EndpointClosed",
                $"Endpoint {first.Id} of {service} does not allow {ours} of Lifecycle on port {Https}, and {subnets} has no other route.",
                $"aws ec2 authorize-security-group-ingress --group-id {(first.Groups is [var group, ..] ? group : "sg-...")}"
                + $" --protocol tcp --port {Https} --source-group {ours}"),
            _ => null,
        };
    }

    private static string RegionOf(DoctorFacts facts) => facts.Stack.Topic.Split(':') is [_, _, _, var region, ..] ? region : "REGION";
}
