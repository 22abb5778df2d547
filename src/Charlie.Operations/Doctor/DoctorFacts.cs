using Charlie.Lambdas.Decisions;
using Charlie.Operations.Stack;

namespace Charlie.Operations.Doctor;

/// <summary>Everything that the checks look at. What could not be read is <c>null</c> and named in <paramref name="Unread"/>.</summary>
internal sealed record DoctorFacts(
    StackDescription Stack,
    DateTimeOffset At,
    Snapshot? Snapshot,
    GroupFacts? Group,
    IReadOnlyList<HookFacts>? Hooks,
    BusFacts? Bus,
    IReadOnlyList<RuleFacts>? Rules,
    IReadOnlyList<SubscriptionFacts>? Subscriptions,
    int? DeadLetters,
    IReadOnlyList<string> Unread)
{
    /// <summary>Whether the account has no group of that name.</summary>
    public bool IsGroupMissing { get; init; }

    /// <summary>The stack's alarms.</summary>
    public IReadOnlyList<AlarmFacts>? Alarms { get; init; }

    /// <summary>What lets somebody in to each instance; none of an instance that has no security group of its own.</summary>
    public IReadOnlyList<IngressFacts>? Ingress { get; init; }

    /// <summary>How Lifecycle, which has no public address, reaches AWS from its subnets.</summary>
    public WayOutFacts? WayOut { get; init; }

    /// <summary>The secrets that the machines' settings name, and that with GitLab's token.</summary>
    public IReadOnlyList<SecretFacts>? Secrets { get; init; }

    /// <summary>The secrets among them that the machines' role may not read.</summary>
    public IReadOnlyList<SecretAccessFacts>? DeniedSecrets { get; init; }

    /// <summary>The images of the desired release and of its fallback.</summary>
    public IReadOnlyList<ImageFacts>? Images { get; init; }
}

/// <param name="HealthCheckType">Auto Scaling's own word: <c>EC2</c>, <c>ELB</c>.</param>
internal sealed record GroupFacts(int MinSize, int MaxSize, string HealthCheckType, int ZoneCount);

/// <param name="Transition">Auto Scaling's own word: <c>autoscaling:EC2_INSTANCE_LAUNCHING</c>.</param>
/// <param name="DefaultResult"><c>ABANDON</c> or <c>CONTINUE</c>.</param>
internal sealed record HookFacts(string Name, string Transition, string DefaultResult, TimeSpan Heartbeat);

/// <param name="Policy">Its resource policy's text; <c>null</c> without one.</param>
internal sealed record BusFacts(string? Policy);

/// <param name="Targets">The targets' ARNs.</param>
internal sealed record RuleFacts(string Bus, string Name, bool IsEnabled, string? Schedule, IReadOnlyList<string> Targets);

/// <param name="IsConfirmed">Whether whoever gets the mail said yes to it.</param>
internal sealed record SubscriptionFacts(string Endpoint, bool IsConfirmed);

/// <param name="Of">The function or the queue whose metric it watches.</param>
/// <param name="Actions">The ARNs that it notifies.</param>
internal sealed record AlarmFacts(string Name, string Metric, string Of, bool IsEnabled, IReadOnlyList<string> Actions);

/// <param name="Groups">The instance's security groups.</param>
/// <param name="Rules">What all of them together let in.</param>
internal sealed record IngressFacts(string Instance, IReadOnlyList<string> Groups, IReadOnlyList<IngressRule> Rules);

/// <param name="Sources">Security groups' ids and address ranges.</param>
internal sealed record IngressRule(int FromPort, int ToPort, IReadOnlyList<string> Sources)
{
    /// <summary>Whether a security group comes in at a port. A rule for addresses counts, whichever it has.</summary>
    public bool LetsIn(string group, int port) =>
        FromPort <= port
        && port <= ToPort
        && Sources.Any(source => source == group || !source.StartsWith("sg-", StringComparison.Ordinal));
}

/// <param name="ClosedSubnets">Lifecycle's subnets without a route through which a function leaves the network.</param>
/// <param name="Endpoints">The interface endpoints of the network.</param>
internal sealed record WayOutFacts(IReadOnlyList<string> ClosedSubnets, IReadOnlyList<EndpointFacts> Endpoints);

/// <param name="Service">The service's whole name: <c>com.amazonaws.us-east-1.ec2</c>.</param>
/// <param name="IsUsable">Whether it is available, and the service's ordinary name leads to it.</param>
/// <param name="Rules">What its security groups together let in.</param>
internal sealed record EndpointFacts(
    string Id, string Service, bool IsUsable, IReadOnlyList<string> Groups, IReadOnlyList<IngressRule> Rules);

/// <param name="Setting">The machines' setting that names it, such as <c>appSecret</c>, or the stack's parameter.</param>
/// <param name="IsDeleted">Whether it waits for its deletion.</param>
internal sealed record SecretFacts(string Setting, string Arn, bool IsThere, bool IsDeleted)
{
    /// <summary>The machines' setting that names the secret with the registry's token.</summary>
    public const string OfRegistry = "registrySecret";

    /// <summary>The stack's parameter that names the secret with GitLab's token, which no machine reads.</summary>
    public const string OfGitLab = "GitLabTokenSecretArn";

    public bool IsOfMachines => Setting != OfGitLab;

    /// <summary>The tag that says on which day its token expires; <c>null</c> without one.</summary>
    public string? TokenExpires { get; init; }
}

/// <param name="Role">The role that may not read it, by its ARN.</param>
internal sealed record SecretAccessFacts(string Role, string Secret);

/// <param name="Image">The repository and the digest.</param>
/// <param name="IsFallback">Whether it is the fallback's; else the desired release's.</param>
/// <param name="IsThere">Whether the registry has it.</param>
internal sealed record ImageFacts(Release Release, string Image, bool IsFallback, bool IsThere);
