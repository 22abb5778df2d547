using Charlie.Sandbox.AutoScaling;
using Charlie.Sandbox.Ec2;
using Charlie.Sandbox.Template;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Server;

/// <summary>
/// The machine side of the stacks: subnets, buckets, addresses, identity providers, launch templates and groups, made by their own
/// APIs.
/// </summary>
internal sealed class Infrastructure(Cloud cloud)
{
    private const string Caller = "cloudformation.amazonaws.com";

    // As CloudFormation looks whether a group is empty.
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, Made> stacks = new(StringComparer.Ordinal);

    /// <summary>What the stack's resources are called, by their logical ids.</summary>
    public IReadOnlyDictionary<string, string> NamesOf(string stack) =>
        stacks.TryGetValue(stack, out var made) ? made.Names : new Dictionary<string, string>();

    /// <summary>Makes what others refer to.</summary>
    /// <param name="stack">The stack's name.</param>
    /// <param name="resolve">Reads the template with the names of what is made so far.</param>
    /// <exception cref="TemplateException">One of them cannot be made.</exception>
    public void MakeGround(string stack, Func<IReadOnlyDictionary<string, string>, StackModel> resolve)
    {
        var made = stacks[stack] = new Made();
        foreach (var type in (string[])[InfrastructureTypes.Bucket, InfrastructureTypes.Subnet, InfrastructureTypes.Provider,
            InfrastructureTypes.Address, InfrastructureTypes.Image,
            InfrastructureTypes.LaunchTemplate])
        {
            foreach (var one in resolve(made.Names).Infrastructure.Where(one => one.Type == type))
            {
                Attempt(one, () => Make(made, one));
            }
        }
    }

    /// <summary>Changes what differs from what the stack was made of.</summary>
    /// <exception cref="TemplateException">One of them cannot be changed.</exception>
    public void Update(string stack, StackModel before, Func<IReadOnlyDictionary<string, string>, StackModel> resolve)
    {
        if (!stacks.TryGetValue(stack, out var made))
        {
            made = stacks[stack] = new Made();
        }

        try
        {
            InfrastructureUpdate.Apply(
                before, made.Names, resolve, (service, action, parameters) => Call(service, action, parameters).Result);
        }
        catch (AwsException error)
        {
            throw new TemplateException("Infrastructure", error.Message);
        }
    }

    /// <summary>Makes the groups, whose first instances launch.</summary>
    /// <exception cref="TemplateException">One of them cannot be made.</exception>
    public void MakeGroups(string stack, StackModel model)
    {
        foreach (var one in model.Infrastructure.Where(one => one.Type == InfrastructureTypes.Group))
        {
            Attempt(one, () =>
            {
                Call("autoscaling", "CreateAutoScalingGroup", CloudFormationProperties.OfGroup(one.Properties));
                stacks[stack].Groups.Add(one.Name);
            });
        }
    }

    /// <summary>Deletes what the stack made, but what it retains: the groups' instances first, by their hooks.</summary>
    /// <param name="stack">The stack's name.</param>
    /// <param name="retained">The names of what stays.</param>
    /// <param name="done">Called once all is gone, with what stands in the way if something does.</param>
    public void Delete(string stack, IReadOnlySet<string> retained, Action<string?> done)
    {
        if (!stacks.TryGetValue(stack, out var made))
        {
            done(null);
            return;
        }

        made.Providers.RemoveAll(one => retained.Contains(one.Name));
        foreach (var group in made.Groups.Where(name => cloud.AutoScaling.Find(name) is { IsDeleted: false }))
        {
            Call("autoscaling", "UpdateAutoScalingGroup", new()
            {
                ["AutoScalingGroupName"] = group,
                ["MinSize"] = "0",
                ["MaxSize"] = "0",
                ["DesiredCapacity"] = "0",
            });
        }

        Finish(stack, made, done);
    }

    private void Finish(string stack, Made made, Action<string?> done)
    {
        foreach (var name in made.Groups.ToList())
        {
            if (cloud.AutoScaling.Find(name) is { } group)
            {
                if (group.Instances.Count > 0)
                {
                    cloud.Scheduler.After(PollInterval, () => Finish(stack, made, done));
                    return;
                }

                Call("autoscaling", "DeleteAutoScalingGroup", new() { ["AutoScalingGroupName"] = name });
            }

            made.Groups.Remove(name);
        }

        if (made.Buckets.FirstOrDefault(bucket => !cloud.Objects.Delete(bucket)) is { } full)
        {
            done($"The bucket {full} is not empty: empty it, and delete the stack again.");
            return;
        }

        made.Templates.ForEach(id => Call("ec2", "DeleteLaunchTemplate", new() { ["LaunchTemplateId"] = id }));
        made.Addresses.ForEach(id => Call("ec2", "ReleaseAddress", new() { ["AllocationId"] = id }));
        made.Providers.ForEach(one => cloud.Providers.Delete(one.Arn));
        made.Subnets.ForEach(cloud.Ec2.Networks.Remove);
        stacks.Remove(stack);
        done(null);
    }

    private void Make(Made made, InfrastructureModel one)
    {
        switch (one.Type)
        {
            case InfrastructureTypes.Bucket:
                cloud.Objects.Create(one.Id);
                made.Buckets.Add(one.Id);
                break;
            case InfrastructureTypes.Subnet:
                var zone = new TemplateNode(one.LogicalId, one.Properties)["AvailabilityZone"].Text() ?? Account.Region + "a";
                cloud.Ec2.Networks.Register(one.Id, zone);
                made.Subnets.Add(one.Id);
                break;
            case InfrastructureTypes.Provider:
                var arn = cloud.Providers.Create(new TemplateNode(one.LogicalId, one.Properties)["Url"].Required());
                made.Providers.Add((one.Name, arn));
                (made.Names[one.LogicalId], made.Names[$"{one.LogicalId}.Arn"]) = (arn, arn);
                break;
            case InfrastructureTypes.Address:
                var address = (ElasticAddress)Call("ec2", "AllocateAddress", CloudFormationProperties.OfAddress(one.Properties)).Result!;
                made.Addresses.Add(address.AllocationId);
                (made.Names[one.LogicalId], made.Names[$"{one.LogicalId}.AllocationId"]) = (address.PublicIp, address.AllocationId);
                made.Names[$"{one.LogicalId}.PublicIp"] = address.PublicIp;
                break;
            case InfrastructureTypes.Image:
                made.Names[$"{one.LogicalId}.ImageId"] = InfrastructureTypes.ImageIdOf(StackChanges.Text(one.Properties));
                break;
            case InfrastructureTypes.LaunchTemplate:
                var properties = CloudFormationProperties.OfTemplate(one.Properties);
                var template = (LaunchTemplate)Call("ec2", "CreateLaunchTemplate", properties).Result!;
                made.Templates.Add(template.Id);
                made.Names[one.LogicalId] = template.Id;
                break;
        }
    }

    private static void Attempt(InfrastructureModel one, Action make)
    {
        try
        {
            make();
        }
        catch (AwsException error)
        {
            throw new TemplateException($"Resources.{one.LogicalId}", error.Message);
        }
    }

    private AwsResponse Call(string service, string action, Dictionary<string, string> parameters)
    {
        var response = cloud.Endpoint.Respond(service, action, Caller, parameters)!;
        return response.Error is { } error ? throw error : response;
    }

    private sealed class Made
    {
        public Dictionary<string, string> Names { get; } = new(StringComparer.Ordinal);

        public List<string> Buckets { get; } = [];

        public List<string> Subnets { get; } = [];

        public List<(string Name, string Arn)> Providers { get; } = [];

        public List<string> Addresses { get; } = [];

        public List<string> Templates { get; } = [];

        public List<string> Groups { get; } = [];
    }
}
