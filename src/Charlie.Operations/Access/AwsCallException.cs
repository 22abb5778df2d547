namespace Charlie.Operations.Access;

/// <summary>A call that AWS refused, or that did not reach it.</summary>
/// <param name="action">The call, as IAM names it: <c>events:PutEvents</c>.</param>
/// <param name="code">AWS's error code; <c>null</c> where nothing responded.</param>
/// <param name="message">AWS's own words.</param>
internal sealed class AwsCallException(string action, string? code, string message) : Exception($"{action}: {message}")
{
    public string Action => action;

    public string? Code => code;

    /// <summary>Whether the caller lacks the right.</summary>
    public bool IsDenied => code is not null
        && (code.StartsWith("AccessDenied", StringComparison.Ordinal) || code is "UnauthorizedOperation" or "NotAuthorized");
}
