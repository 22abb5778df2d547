using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.AutoScaling;

/// <summary>The operations on the target groups of a group.</summary>
internal sealed class TargetGroupApi(AutoScalingGroupStore groups)
{
    private const int LargestPage = 100;

    public AwsResponse Attach(AwsRequest request, QueryParameters parameters)
    {
        var (group, named) = Named(parameters);
        group.TargetGroups = [.. group.TargetGroups.Union(named)];
        return XmlResponse.Query(request, _ => { });
    }

    public AwsResponse Detach(AwsRequest request, QueryParameters parameters)
    {
        var (group, named) = Named(parameters);
        if (named.FirstOrDefault(arn => !group.TargetGroups.Contains(arn)) is { } unknown)
        {
            throw AutoScalingErrors.Invalid($"Trying to remove Target Groups that are not part of the group: {unknown}");
        }

        group.TargetGroups = [.. group.TargetGroups.Except(named)];
        return XmlResponse.Query(request, _ => { });
    }

    public AwsResponse Describe(AwsRequest request, QueryParameters parameters)
    {
        var group = groups.Get(parameters.Required("AutoScalingGroupName"));
        var token = parameters.Text("NextToken");
        var page = Paging.Take(
            group.TargetGroups.Order(StringComparer.Ordinal), arn => arn, token,
            parameters.Integer("MaxRecords", 1, LargestPage) ?? LargestPage, () => AutoScalingErrors.InvalidToken(token));
        return XmlResponse.Query(request, xml =>
        {
            xml.List("LoadBalancerTargetGroups", "member", page.Items, arn =>
            {
                xml.Element("LoadBalancerTargetGroupARN", arn);
                xml.Element("State", group.Instances.Any(instance => instance.State == LifecycleState.InService) ? "InService" : "Added");
            });
            xml.Element("NextToken", page.NextToken);
        });
    }

    private (AutoScalingGroup Group, IReadOnlyList<string> Named) Named(QueryParameters parameters)
    {
        var group = groups.Get(parameters.Required("AutoScalingGroupName"));
        var named = parameters.List("TargetGroupARNs");
        return named.Count == 0 ? throw AutoScalingErrors.Instance.Missing("TargetGroupARNs") : (group, Check(named));
    }

    /// <exception cref="AwsException">One of them is no target group's ARN.</exception>
    public static IReadOnlyList<string> Check(IReadOnlyList<string> arns) =>
        arns.FirstOrDefault(arn => !arn.StartsWith("arn:aws", StringComparison.Ordinal)
            || !arn.Contains(":elasticloadbalancing:", StringComparison.Ordinal)
            || !arn.Contains(":targetgroup/", StringComparison.Ordinal)) is { } wrong
            ? throw AutoScalingErrors.Invalid($"Provided Target Groups may not be valid. Please ensure they exist and try again. ({wrong})")
            : arns;
}
