namespace Charlie.Sandbox.Wire;

/// <summary>An error that AWS would return, in AWS's own words.</summary>
/// <param name="code">AWS's error code, for example <c>ValidationError</c>.</param>
/// <param name="message">AWS's message.</param>
/// <param name="status">The HTTP status; 400 for most errors of the caller.</param>
public sealed class AwsException(string code, string message, int status = 400) : Exception(message)
{
    public string Code { get; } = code;

    public int Status { get; } = status;
}
