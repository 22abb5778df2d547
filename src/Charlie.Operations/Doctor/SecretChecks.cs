namespace Charlie.Operations.Doctor;

/// <summary>The secrets that a machine reads at its boot.</summary>
internal static class SecretChecks
{
    public static IEnumerable<Finding> Of(DoctorFacts facts)
    {
        foreach (var secret in facts.Secrets ?? [])
        {
            if (!secret.IsThere)
            {
                yield return new Finding(
                    "secrets",
                    "SecretMissing",
                    $"There is no secret {secret.Arn}, which the machines' setting {secret.Setting} names: no new machine starts the app.",
                    "Make it, and give its ARN to the infrastructure stack.");
            }
            else if (secret.IsDeleted)
            {
                yield return new Finding(
                    "secrets",
                    "SecretDeleted",
                    $"Secret {secret.Arn} is to be deleted, and no machine can read it.",
                    $"aws secretsmanager restore-secret --secret-id {secret.Arn}");
            }
        }
    }
}
