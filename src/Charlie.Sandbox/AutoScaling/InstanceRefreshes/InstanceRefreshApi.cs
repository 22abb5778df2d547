using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.AutoScaling.InstanceRefreshes;

/// <summary>The operations on instance refreshes.</summary>
internal sealed class InstanceRefreshApi(Cloud cloud)
{
    private const int UsualPage = 50;
    private const int LargestPage = 100;

    private readonly RefreshEnds ends = new(cloud);

    public AwsResponse Start(AwsRequest request, QueryParameters parameters)
    {
        var group = Group(parameters);
        if (parameters.Text("Strategy") is { } strategy and not "Rolling")
        {
            throw AutoScalingErrors.Invalid(strategy == "ReplaceRootVolume"
                ? "The ReplaceRootVolume strategy is not supported for this Auto Scaling group."
                : $"1 validation error detected: Value '{strategy}' at 'strategy' failed to satisfy constraint: Member must satisfy enum value set: [Rolling, ReplaceRootVolume]");
        }

        var desired = parameters.Structure("DesiredConfiguration") is { } configuration
            ? LaunchTemplateSpecification.Read(configuration, cloud.Ec2.LaunchTemplates)
                ?? throw AutoScalingErrors.Invalid("Desired configuration must specify either a launch template or a mixed instances policy.")
            : null;
        var preferences = RefreshPreferences.Read(parameters.Structure("Preferences"), group);
        if (preferences.AutoRollback && (desired is null || !IsNumber(desired) || !IsNumber(group.LaunchTemplate)))
        {
            throw AutoScalingErrors.Invalid(desired is null
                ? "Auto rollback requires a desired configuration."
                : "Auto rollback is not supported for an Auto Scaling group that uses the launch template's $Latest or $Default version.");
        }

        if (group.ActiveRefresh is not null)
        {
            throw new AwsException("InstanceRefreshInProgress", "An Instance Refresh is already in progress and blocks the execution of this Instance Refresh.");
        }

        var refresh = new InstanceRefresh(cloud.Ids.Uuid(), group, preferences, desired, cloud.Time.GetUtcNow());
        group.Add(refresh);
        ends.Began(refresh);
        return Answer(request, refresh);
    }

    public AwsResponse Cancel(AwsRequest request, QueryParameters parameters)
    {
        var refresh = Active(parameters);
        ends.Move(refresh, InstanceRefreshStatus.Cancelling, "Cancelled via API call.");
        if (parameters.Flag("WaitForTransitioningInstances") == false)
        {
            ends.Cancelled(refresh);
        }

        return Answer(request, refresh);
    }

    public AwsResponse Rollback(AwsRequest request, QueryParameters parameters)
    {
        var refresh = Active(parameters);
        if (refresh.Status is InstanceRefreshStatus.Cancelling or InstanceRefreshStatus.RollbackInProgress)
        {
            throw NotActive();
        }

        if (refresh.Desired is null || !IsNumber(refresh.Previous))
        {
            throw new AwsException("IrreversibleInstanceRefresh", refresh.Desired is null
                ? "The instance refresh cannot be rolled back because it has no desired configuration."
                : "The instance refresh cannot be rolled back because the group uses the launch template's $Latest or $Default version.");
        }

        ends.RollBack(refresh, "Rolled back via API call.");
        return Answer(request, refresh);
    }

    public AwsResponse Describe(AwsRequest request, QueryParameters parameters)
    {
        var (group, ids, token) = (Group(parameters), parameters.List("InstanceRefreshIds"), parameters.Text("NextToken"));
        var newestFirst = group.Refreshes
            .Select((refresh, index) => (refresh, Key: Paging.Key(long.MaxValue - index)))
            .Reverse()
            .Where(one => ids.Count == 0 || ids.Contains(one.refresh.Id));
        var page = Paging.Take(
            newestFirst, one => one.Key, token, parameters.Integer("MaxRecords", 1, LargestPage) ?? UsualPage, () => AutoScalingErrors.InvalidToken(token));
        return XmlAnswer.Query(request, xml =>
        {
            xml.List("InstanceRefreshes", "member", page.Items, one => InstanceRefreshXml.Write(xml, one.refresh));
            xml.Element("NextToken", page.NextToken);
        });
    }

    private AutoScalingGroup Group(QueryParameters parameters) => cloud.AutoScaling.Get(parameters.Required("AutoScalingGroupName"));

    private InstanceRefresh Active(QueryParameters parameters) => Group(parameters).ActiveRefresh ?? throw NotActive();

    private static AwsException NotActive() =>
        new("ActiveInstanceRefreshNotFound", "No in progress or pending Instance Refresh found for Auto Scaling group.");

    private static bool IsNumber(LaunchTemplateSpecification template) => template.Version is not ("$Latest" or "$Default");

    private static AwsResponse Answer(AwsRequest request, InstanceRefresh refresh) =>
        XmlAnswer.Query(request, xml => xml.Element("InstanceRefreshId", refresh.Id));
}
