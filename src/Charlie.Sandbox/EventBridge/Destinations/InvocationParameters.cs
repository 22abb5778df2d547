namespace Charlie.Sandbox.EventBridge.Destinations;

/// <summary>What a connection adds to each request: a header, a query string parameter or a member of the body.</summary>
/// <param name="IsSecret">Whether its value is shown to no one.</param>
public sealed record HttpParameter(string Key, string Value, bool IsSecret);

/// <summary>All that a connection adds to each request.</summary>
public sealed record InvocationParameters(
    IReadOnlyList<HttpParameter> Headers, IReadOnlyList<HttpParameter> Query, IReadOnlyList<HttpParameter> Body)
{
    public static readonly InvocationParameters None = new([], [], []);
}
