using Charlie.Sandbox.Ec2;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.AutoScaling;

/// <summary>The operations on instance refreshes.</summary>
internal sealed class InstanceRefreshApi(Ec2Resources ec2, AutoScalingGroupStore groups)
{
    private const int UsualPage = 50;
    private const int LargestPage = 100;

    public AwsResponse Start(AwsRequest request, QueryParameters parameters)
    {
        var group = Live(parameters);
        CheckStrategy(parameters.Text("Strategy"));
        var desired = parameters.Structure("DesiredConfiguration");
        if (desired?.Has("MixedInstancesPolicy") == true)
        {
            throw AutoScalingErrors.Invalid(
                "This sandbox has no mixed instances policy in a desired configuration: name a LaunchTemplate.");
        }

        var template = desired is null ? null : LaunchTemplateSpecification.Read(desired, ec2.LaunchTemplates)
            ?? throw AutoScalingErrors.Invalid(
                "You must specify either a LaunchTemplate or a MixedInstancesPolicy in the desired configuration.");
        var preferences = RefreshPreferences.Read(parameters.Structure("Preferences"), group);
        return Respond(request, groups.Refreshes.Start(group, template, preferences));
    }

    public AwsResponse Cancel(AwsRequest request, QueryParameters parameters) =>
        Respond(request, groups.Refreshes.Cancel(Live(parameters), parameters.Flag("WaitForTransitioningInstances") ?? true));

    public AwsResponse Rollback(AwsRequest request, QueryParameters parameters) =>
        Respond(request, groups.Refreshes.Rollback(Live(parameters)));

    public AwsResponse Describe(AwsRequest request, QueryParameters parameters)
    {
        var group = groups.Get(parameters.Required("AutoScalingGroupName"));
        var ids = parameters.List("InstanceRefreshIds");
        var token = parameters.Text("NextToken");
        var page = Paging.Take(
            group.Refreshes.Reverse().Where(refresh => ids.Count == 0 || ids.Contains(refresh.Id)),
            refresh => Paging.Key(long.MaxValue - refresh.Number), token,
            parameters.Integer("MaxRecords", 1, LargestPage) ?? UsualPage, () => AutoScalingErrors.InvalidToken(token));
        return XmlResponse.Query(request, xml =>
        {
            xml.List("InstanceRefreshes", "member", page.Items, refresh => InstanceRefreshXml.Write(xml, refresh));
            xml.Element("NextToken", page.NextToken);
        }, page);
    }

    private static AwsResponse Respond(AwsRequest request, string id) =>
        XmlResponse.Query(request, xml => xml.Element("InstanceRefreshId", id), id);

    private static void CheckStrategy(string? strategy)
    {
        if (strategy is not (null or "Rolling"))
        {
            throw strategy == "ReplaceRootVolume"
                ? AutoScalingErrors.Invalid("The ReplaceRootVolume strategy needs an Auto Scaling group with a mixed instances policy and a desired configuration with a mixed instances policy that has ImageId overrides.")
                : AutoScalingErrors.NotInSet("Strategy", strategy, "Rolling", "ReplaceRootVolume");
        }
    }

    private AutoScalingGroup Live(QueryParameters parameters)
    {
        var group = groups.Get(parameters.Required("AutoScalingGroupName"));
        return group.IsDeleted
            ? throw AutoScalingErrors.InProgress($"AutoScalingGroup '{group.Name}' is pending delete and cannot be changed.")
            : group;
    }
}
