using Amazon.AutoScaling.Model;
using Amazon.EC2.Model;
using Charlie.Lambdas.Aws;

namespace Charlie.Simulation.Environments;

/// <summary>The clients of one access key.</summary>
internal interface IClients
{
    IEc2 Ec2 { get; }

    IAutoScaling AutoScaling { get; }

    /// <summary>The topic of that ARN.</summary>
    IAlertTopic Topic(string arn);

    /// <summary>What only operators do.</summary>
    Task<CreateLaunchTemplateResponse> CreateLaunchTemplateAsync(CreateLaunchTemplateRequest request);

    /// <inheritdoc cref="CreateLaunchTemplateAsync"/>
    Task<CreateAutoScalingGroupResponse> CreateAutoScalingGroupAsync(CreateAutoScalingGroupRequest request);
}
