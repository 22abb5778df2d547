namespace Charlie.Operations.Doctor;

/// <summary>Whether Lifecycle reaches the instances' health port.</summary>
internal static class IngressChecks
{
    public static IEnumerable<Finding> Of(DoctorFacts facts)
    {
        var (port, ours) = (facts.Stack.Settings.HealthPort, facts.Stack.LifecycleSecurityGroup);
        foreach (var groups in (facts.Ingress ?? [])
            .Where(instance => !instance.Rules.Any(rule => rule.LetsIn(ours, port)))
            .Select(instance => instance.Groups)
            .DistinctBy(groups => string.Join(',', groups)))
        {
            yield return new Finding(
                "network",
                "ProbeBlocked",
                $"The instances' security groups ({string.Join(", ", groups)}) let {ours} of Lifecycle not in at port {port}.",
                $"aws ec2 authorize-security-group-ingress --group-id {(groups is [var first, ..] ? first : "sg-...")}"
                + $" --protocol tcp --port {port} --source-group {ours}");
        }
    }
}
