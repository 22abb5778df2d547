using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Ec2;

/// <summary>What of EC2 is played.</summary>
internal static class Ec2Operations
{
    public static readonly PlayedOperations Played = PlayedOperations.Of("""
        CreateLaunchTemplate DryRun ClientToken LaunchTemplateName VersionDescription LaunchTemplateData.**
          TagSpecification.n.ResourceType TagSpecification.n.Tag.n.Key TagSpecification.n.Tag.n.Value
        DescribeLaunchTemplates DryRun LaunchTemplateId.n LaunchTemplateName.n Filter.n.Name Filter.n.Value.n MaxResults
          NextToken
        ModifyLaunchTemplate DryRun ClientToken LaunchTemplateId LaunchTemplateName SetDefaultVersion
        DeleteLaunchTemplate DryRun LaunchTemplateId LaunchTemplateName
        CreateLaunchTemplateVersion DryRun ClientToken LaunchTemplateId LaunchTemplateName SourceVersion VersionDescription
          LaunchTemplateData.**
        DescribeLaunchTemplateVersions DryRun LaunchTemplateId LaunchTemplateName LaunchTemplateVersion.n MinVersion
          MaxVersion Filter.n.Name Filter.n.Value.n MaxResults NextToken
        DeleteLaunchTemplateVersions DryRun LaunchTemplateId LaunchTemplateName LaunchTemplateVersion.n
        DescribeInstances DryRun InstanceId.n Filter.n.Name Filter.n.Value.n MaxResults NextToken
        DescribeInstanceStatus DryRun InstanceId.n IncludeAllInstances Filter.n.Name Filter.n.Value.n MaxResults NextToken
        TerminateInstances DryRun InstanceId.n
        RebootInstances DryRun InstanceId.n
        AllocateAddress DryRun Domain TagSpecification.n.ResourceType TagSpecification.n.Tag.n.Key
          TagSpecification.n.Tag.n.Value
        AssociateAddress DryRun AllocationId PublicIp InstanceId AllowReassociation
        DisassociateAddress DryRun AssociationId PublicIp
        ReleaseAddress DryRun AllocationId
        DescribeAddresses DryRun AllocationId.n PublicIp.n Filter.n.Name Filter.n.Value.n
        CreateTags DryRun ResourceId.n Tag.n.Key Tag.n.Value
        DeleteTags DryRun ResourceId.n Tag.n.Key Tag.n.Value
        DescribeTags DryRun Filter.n.Name Filter.n.Value.n MaxResults NextToken
        DescribeSubnets DryRun SubnetId.n Filter.n.Name Filter.n.Value.n MaxResults NextToken
        DescribeVpcs DryRun VpcId.n Filter.n.Name Filter.n.Value.n MaxResults NextToken
        DescribeImages DryRun ImageId.n Owner.n Filter.n.Name Filter.n.Value.n MaxResults NextToken
        """);
}
