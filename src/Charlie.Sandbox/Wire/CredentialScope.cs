namespace Charlie.Sandbox.Wire;

/// <summary>
/// Who signed a request and for which service, read from Signature Version 4's Authorization header. The signature
/// itself is not checked: the sandbox has no secrets.
/// </summary>
internal sealed record CredentialScope(string AccessKey, string Service)
{
    private const string Scheme = "AWS4-HMAC-SHA256";

    /// <summary>The scope, or <c>null</c> for an unsigned request.</summary>
    public static CredentialScope? Read(string? authorization)
    {
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return null;
        }

        var credential = authorization[Scheme.Length..]
            .Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault(part => part.StartsWith("Credential=", StringComparison.Ordinal))
            ?? throw new AwsException("IncompleteSignature", "Authorization header requires 'Credential' parameter.", 403);

        // The access key may hold slashes in theory; the scope never does: key/date/region/service/aws4_request.
        var parts = credential["Credential=".Length..].Split('/');
        return parts.Length >= 5
            ? new CredentialScope(string.Join('/', parts[..^4]), parts[^2])
            : throw new AwsException(
                "IncompleteSignature",
                "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term.", 403);
    }
}
