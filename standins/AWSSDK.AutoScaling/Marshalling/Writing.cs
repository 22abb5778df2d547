using Amazon.AutoScaling.Model;

namespace Amazon.AutoScaling.Marshalling;

/// <summary>The structures that requests are made of.</summary>
internal static class Writing
{
    public static void LaunchTemplate(QueryParameters query, LaunchTemplateSpecification value)
    {
        query.Add("LaunchTemplateId", value.LaunchTemplateId);
        query.Add("LaunchTemplateName", value.LaunchTemplateName);
        query.Add("Version", value.Version);
    }

    public static void MixedInstancesPolicy(QueryParameters query, MixedInstancesPolicy value)
    {
        query.Add("LaunchTemplate", value.LaunchTemplate, (template, launchTemplate) =>
        {
            template.Add("LaunchTemplateSpecification", launchTemplate.LaunchTemplateSpecification, LaunchTemplate);
            template.AddList("Overrides", launchTemplate.Overrides, (item, overrides) =>
            {
                item.Add("InstanceType", overrides.InstanceType);
                item.Add("WeightedCapacity", overrides.WeightedCapacity);
                item.Add("LaunchTemplateSpecification", overrides.LaunchTemplateSpecification, LaunchTemplate);
            });
        });
        query.Add("InstancesDistribution", value.InstancesDistribution, (distribution, instances) =>
        {
            distribution.Add("OnDemandAllocationStrategy", instances.OnDemandAllocationStrategy);
            distribution.Add("OnDemandBaseCapacity", instances.OnDemandBaseCapacity);
            distribution.Add("OnDemandPercentageAboveBaseCapacity", instances.OnDemandPercentageAboveBaseCapacity);
            distribution.Add("SpotAllocationStrategy", instances.SpotAllocationStrategy);
            distribution.Add("SpotInstancePools", instances.SpotInstancePools);
            distribution.Add("SpotMaxPrice", instances.SpotMaxPrice);
        });
    }

    public static void MaintenancePolicy(QueryParameters query, InstanceMaintenancePolicy value)
    {
        query.Add("MinHealthyPercentage", value.MinHealthyPercentage);
        query.Add("MaxHealthyPercentage", value.MaxHealthyPercentage);
    }

    public static void LifecycleHook(QueryParameters query, LifecycleHookSpecification value)
    {
        query.Add("LifecycleHookName", value.LifecycleHookName);
        query.Add("LifecycleTransition", value.LifecycleTransition);
        query.Add("NotificationMetadata", value.NotificationMetadata);
        query.Add("HeartbeatTimeout", value.HeartbeatTimeout);
        query.Add("DefaultResult", value.DefaultResult);
        query.Add("NotificationTargetARN", value.NotificationTargetARN);
        query.Add("RoleARN", value.RoleARN);
    }

    public static void Tag(QueryParameters query, Tag value)
    {
        query.Add("ResourceId", value.ResourceId);
        query.Add("ResourceType", value.ResourceType);
        query.Add("Key", value.Key);
        query.Add("Value", value.Value);
        query.Add("PropagateAtLaunch", value.PropagateAtLaunch);
    }

    public static void Filter(QueryParameters query, Filter value)
    {
        query.Add("Name", value.Name);
        query.AddList("Values", value.Values);
    }
}
