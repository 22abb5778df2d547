namespace Charlie.Sandbox.Secrets;

/// <summary>The account's secrets and parameters. Their values are on no timeline.</summary>
public sealed class SecretStore
{
    /// <summary>Secrets Manager's, by name.</summary>
    internal Dictionary<string, string> Secrets { get; } = new(StringComparer.Ordinal);

    /// <summary>The ids of the secrets' versions that a caller named, by the secret's name.</summary>
    internal Dictionary<string, string> Versions { get; } = new(StringComparer.Ordinal);

    /// <summary>The tags of Secrets Manager's secrets, by the secret's name.</summary>
    internal Dictionary<string, SortedDictionary<string, string>> Tags { get; } = new(StringComparer.Ordinal);

    /// <summary>Parameter Store's, by name.</summary>
    internal Dictionary<string, Parameter> Parameters { get; } = new(StringComparer.Ordinal);

    /// <summary>The text of a secret by its name or ARN; <c>null</c> where there is none.</summary>
    internal string? Find(string id) => Secrets.GetValueOrDefault(SecretsManagerApi.Name(id));

    /// <summary>Puts a secret into Secrets Manager, new or anew. Called before the endpoint is used.</summary>
    public void Put(string name, string text) => Secrets[name] = text;

    /// <summary>
    /// Puts a parameter into Parameter Store, new or anew. Called before the endpoint is used, or under the cloud's lock.
    /// </summary>
    /// <param name="type"><c>String</c> or <c>SecureString</c>.</param>
    public void PutParameter(string name, string text, string type = "SecureString") =>
        Parameters[name] = new(type, text, (Parameters.GetValueOrDefault(name)?.Version ?? 0) + 1);

    /// <param name="Type"><c>String</c> or <c>SecureString</c>.</param>
    internal sealed record Parameter(string Type, string Value, int Version);
}
