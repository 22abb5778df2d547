using System.Globalization;
using Charlie.Operations.Access;
using Charlie.Operations.Stack;

namespace Charlie.Operations.Doctor;

/// <summary>
/// Asks IAM whether the machines' role may read the secrets: its policies and its boundary count, a key's or a secret's policy does not.
/// </summary>
internal sealed class SecretAccessReader(StackDescription stack, SignedClient client)
{
    private const string Version = "2010-05-08";
    private const string Action = "secretsmanager:GetSecretValue";

    /// <returns>The secrets that the role may not read.</returns>
    /// <exception cref="AwsCallException">AWS refused it, or did not respond.</exception>
    /// <exception cref="OperationException">The stack names no role, or a policy's condition decides.</exception>
    public async Task<IReadOnlyList<SecretAccessFacts>> ReadAsync(IReadOnlyList<SecretFacts> secrets, CancellationToken cancellation)
    {
        var read = secrets.Where(secret => secret is { IsThere: true, IsOfMachines: true }).ToList();
        if (read.Count == 0)
        {
            return [];
        }

        var role = stack.InstanceRole ?? throw new OperationException("the stack has no InstanceProfileRoleArn");
        var arguments = new Dictionary<string, string> { ["PolicySourceArn"] = role, ["ActionNames.member.1"] = Action };
        foreach (var (at, secret) in read.Index())
        {
            arguments[string.Create(CultureInfo.InvariantCulture, $"ResourceArns.member.{at + 1}")] = secret.Arn;
        }

        var response = await client.QueryAsync("iam", Version, "SimulatePrincipalPolicy", arguments, cancellation);
        var denied = response.List("EvaluationResults").Where(result => result.Text("EvalDecision") != "allowed").ToList();
        var keys = denied.SelectMany(result => result.List("MissingContextValues")).Select(key => key.Value).Distinct().ToList();
        return keys.Count > 0
            ? throw new OperationException($"a condition of a policy decides, on {string.Join(", ", keys)}")
            : [.. denied.Select(result => new SecretAccessFacts(role, result.Text("EvalResourceName")))];
    }
}
