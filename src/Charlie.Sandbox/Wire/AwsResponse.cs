namespace Charlie.Sandbox.Wire;

/// <summary>One API's response. Who calls in the same process takes the operation's result; for the wire it is written.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="contentType">The type of the body.</param>
/// <param name="write">Writes the body, from the state at the moment of the call: see <see cref="Write"/>.</param>
public sealed class AwsResponse(int status, string contentType, Func<byte[]> write)
{
    private byte[]? body;

    public AwsResponse(int status, string contentType, byte[] body)
        : this(status, contentType, () => body) => this.body = body;

    public int Status => status;

    public string ContentType => contentType;

    public ReadOnlyMemory<byte> Body => body ?? throw new InvalidOperationException("The response is not written yet.");

    /// <summary>What the operation came to, where it says so; it is the cloud's own state and not a copy.</summary>
    internal object? Result { get; init; }

    /// <summary>The error that it is, if it is one.</summary>
    internal AwsException? Error { get; init; }

    /// <summary>Writes the body, under the cloud's lock and before anything else happens.</summary>
    internal AwsResponse Write()
    {
        body ??= write();
        return this;
    }
}
