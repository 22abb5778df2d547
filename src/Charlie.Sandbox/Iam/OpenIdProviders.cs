using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Iam;

/// <summary>The account's OpenID Connect providers: one for a URL at most. Called under the cloud's lock.</summary>
public sealed class OpenIdProviders
{
    private const string Scheme = "https://";

    private readonly SortedSet<string> arns = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Arns => arns;

    /// <summary>Makes a provider; returns its ARN, which ends with the URL without its scheme.</summary>
    /// <exception cref="AwsException">The account has one for this URL, or it is no URL of HTTPS.</exception>
    internal string Create(string url)
    {
        var arn = url.StartsWith(Scheme, StringComparison.Ordinal)
            ? $"arn:aws:iam::{Account.Id}:oidc-provider/{url[Scheme.Length..]}"
            : throw new AwsException("InvalidInput", "Invalid Open ID Connect Provider URL");
        return arns.Add(arn)
            ? arn
            : throw new AwsException("EntityAlreadyExists", $"Provider with url {url} already exists.", 409);
    }

    internal void Delete(string arn) => arns.Remove(arn);
}
