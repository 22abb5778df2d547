using System.Diagnostics.CodeAnalysis;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;
using Amazon.SecurityToken;
using Amazon.SSO;
using Amazon.SSOOIDC;

namespace Charlie.Operations.Access;

/// <summary>Who calls AWS, and where.</summary>
/// <param name="Endpoint">The one endpoint of all services, of the embedded AWS; <c>null</c> for AWS's own.</param>
internal sealed record AwsAccess(AWSCredentials Credentials, string Region, Uri? Endpoint)
{
    private const string UsualRegion = "us-east-1";

    /// <summary>Whether an endpoint of this machine responds instead of AWS: its instances have addresses here too.</summary>
    public bool IsEmbedded => Endpoint?.IsLoopback == true;

    /// <summary>
    /// Finds credentials and region as the <c>aws</c> command does: what is given, then the environment, then the profile.
    /// </summary>
    /// <param name="profile">A profile's name; <c>null</c> for <c>AWS_PROFILE</c>.</param>
    /// <param name="region">A region's name; <c>null</c> for the environment's or the profile's.</param>
    /// <param name="endpoint">A URL; <c>null</c> for <c>AWS_ENDPOINT_URL</c>.</param>
    /// <param name="variable">Reads an environment variable.</param>
    /// <exception cref="OperationException">There is no such profile, no region, or nobody's credentials.</exception>
    /// <remarks>
    /// The SDK makes the clients of a profile's role or sign-in by their names; a native program keeps them for that. Giving it
    /// ready clients instead would lose the credentials of a role's source profile.
    /// </remarks>
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(AmazonSecurityTokenServiceClient))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(AmazonSecurityTokenServiceConfig))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(AmazonSSOClient))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(AmazonSSOConfig))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(AmazonSSOOIDCClient))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(AmazonSSOOIDCConfig))]
    public static AwsAccess Find(string? profile, string? region, string? endpoint, Func<string, string?> variable)
    {
        profile ??= Given("AWS_PROFILE");
        var url = EndpointOf(endpoint ?? Given("AWS_ENDPOINT_URL"));
        var chain = new CredentialProfileStoreChain();
        CredentialProfile? named = null;
        if (profile is not null && !chain.TryGetProfile(profile, out named))
        {
            throw new OperationException($"There is no profile '{profile}': check --profile, AWS_PROFILE and ~/.aws/config.");
        }

        var isEmbedded = url?.IsLoopback == true;
        region ??= Given("AWS_REGION") ?? Given("AWS_DEFAULT_REGION") ?? named?.Region?.SystemName
            ?? (isEmbedded ? UsualRegion : ProfileRegion());
        return region is null
            ? throw new OperationException("No region is known: give --region, or set AWS_REGION.")
            : new AwsAccess(CredentialsOf(named, chain, isEmbedded), region, url);

        string? Given(string name) => variable(name) is { Length: > 0 } value ? value : null;

        string? ProfileRegion() => chain.TryGetProfile("default", out var usual) ? usual.Region?.SystemName : null;

        AWSCredentials CredentialsOf(CredentialProfile? from, CredentialProfileStoreChain store, bool embedded) =>
            from is not null ? OfProfile(from, store)
            : embedded && Given("AWS_ACCESS_KEY_ID") is null ? new BasicAWSCredentials("AKIAOPERATOR", "not-a-secret")
            : Usual();
    }

    /// <summary>A client's configuration for this caller.</summary>
    public T Configure<T>(T config)
        where T : ClientConfig
    {
        config.DefaultAWSCredentials = Credentials;
        if (Endpoint is not null)
        {
            config.ServiceURL = Endpoint.ToString();
            config.AuthenticationRegion = Region;
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(Region);
        }

        return config;
    }

    private static AWSCredentials OfProfile(CredentialProfile profile, CredentialProfileStoreChain chain)
    {
        try
        {
            return profile.GetAWSCredentials(chain);
        }
        catch (Exception error) when (error is AmazonClientException or InvalidOperationException or ArgumentException)
        {
            throw new OperationException($"Profile '{profile.Name}' gives no credentials: {error.Message}");
        }
    }

    private static AWSCredentials Usual()
    {
        try
        {
            return DefaultAWSCredentialsIdentityResolver.GetCredentials();
        }
        catch (AmazonClientException)
        {
            throw new OperationException("No credentials are known: give --profile, or sign in as for the aws command.");
        }
    }

    private static Uri? EndpointOf(string? text) =>
        text is null ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url
        : throw new OperationException($"--endpoint-url must be a URL as http://127.0.0.1:4566; it is '{text}'.");
}
