namespace Charlie.Operations.Doctor;

/// <summary>The secrets that a machine reads at its boot.</summary>
internal static class SecretChecks
{
    public static IEnumerable<Finding> Of(DoctorFacts facts)
    {
        foreach (var denied in facts.DeniedSecrets ?? [])
        {
            yield return new Finding(
                "secrets",
                "SecretDenied",
                $"Role {denied.Role} of the machines may not read secret {denied.Secret}: no new machine starts the app.",
                $"aws iam put-role-policy --role-name {denied.Role[(denied.Role.LastIndexOf('/') + 1)..]} --policy-name read-secret"
                    + " --policy-document '" + PolicyFor(denied.Secret) + "'");
        }

        foreach (var secret in facts.Secrets ?? [])
        {
            if (!secret.IsThere)
            {
                yield return new Finding(
                    "secrets",
                    "SecretMissing",
                    secret.IsOfMachines
                        ? $"There is no secret {secret.Arn}, which the machines' setting {secret.Setting} names: no new machine starts the app."
                        : $"There is no secret {secret.Arn}, which the stack's {secret.Setting} names: GitLab is not told how a push ends.",
                    $"Make it, and give its ARN to the {(secret.IsOfMachines ? "infrastructure " : "")}stack.");
            }
            else if (secret.IsDeleted)
            {
                yield return new Finding(
                    "secrets",
                    "SecretDeleted",
                    $"Secret {secret.Arn} is to be deleted, and {(secret.IsOfMachines ? "no machine can" : "GitLab's function cannot")}"
                        + " read it.",
                    $"aws secretsmanager restore-secret --secret-id {secret.Arn}");
            }
        }
    }

    // Until the infrastructure stack, which is given the secret's ARN, says the same.
    private static string PolicyFor(string secret) =>
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"secretsmanager:GetSecretValue","Resource":"ARN"}]}"""
            .Replace("ARN", secret, StringComparison.Ordinal);
}
