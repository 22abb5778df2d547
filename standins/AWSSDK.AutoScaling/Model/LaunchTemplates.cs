namespace Amazon.AutoScaling.Model;

public partial class LaunchTemplateSpecification
{
    public string LaunchTemplateId { get; set; }

    public string LaunchTemplateName { get; set; }

    /// <summary>A number, $Latest or $Default.</summary>
    public string Version { get; set; }
}

public partial class MixedInstancesPolicy
{
    public InstancesDistribution InstancesDistribution { get; set; }

    public LaunchTemplate LaunchTemplate { get; set; }
}

public partial class LaunchTemplate
{
    public LaunchTemplateSpecification LaunchTemplateSpecification { get; set; }

    public List<LaunchTemplateOverrides> Overrides { get; set; } = Unset.List<LaunchTemplateOverrides>();
}

public partial class LaunchTemplateOverrides
{
    public string InstanceType { get; set; }

    public LaunchTemplateSpecification LaunchTemplateSpecification { get; set; }

    public string WeightedCapacity { get; set; }
}

public partial class InstancesDistribution
{
    public string OnDemandAllocationStrategy { get; set; }

    public int? OnDemandBaseCapacity { get; set; }

    public int? OnDemandPercentageAboveBaseCapacity { get; set; }

    public string SpotAllocationStrategy { get; set; }

    public int? SpotInstancePools { get; set; }

    public string SpotMaxPrice { get; set; }
}
