using Charlie.Sandbox.Iam;

namespace Charlie.Sandbox.EventBridge.Destinations;

/// <summary>
/// The account's connections and API destinations. Called under the cloud's lock; a request leaves without it, and its answer comes
/// back as planned work.
/// </summary>
public sealed class DestinationStore(CloudContext context, EventTargets targets, RolePolicies roles)
{
    private readonly SortedDictionary<string, Connection> connections = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ApiDestination> destinations = new(StringComparer.Ordinal);
    private int underWay;

    /// <summary>Requests that have no answer yet; read at any time.</summary>
    public int UnderWay => Volatile.Read(ref underWay);

    public ReachedHosts Hosts { get; } = new();

    public IReadOnlyCollection<Connection> Connections => connections.Values;

    public IReadOnlyCollection<ApiDestination> ApiDestinations => destinations.Values;

    /// <summary>Whether EventBridge takes it: HTTPS only.</summary>
    public static bool IsEndpoint(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var endpoint) && endpoint is { Scheme: "https", UserInfo: "", Fragment: "" };

    public Connection? FindConnection(string name) => connections.GetValueOrDefault(name);

    public Connection? FindConnectionArn(string arn) => connections.Values.FirstOrDefault(one => one.Arn == arn);

    public ApiDestination? Find(string name) => destinations.GetValueOrDefault(name);

    /// <param name="id">The last part of its ARN; drawn where none is given.</param>
    public Connection CreateConnection(
        string name, ConnectionAuthorization authorization, InvocationParameters parameters, string? description, string? id = null)
    {
        var made = new Connection(name, id ?? context.Ids.Uuid(), context.Time.GetUtcNow())
        {
            AuthorizationType = authorization.Type,
            Parameters = parameters,
            Description = description,
        };
        connections[name] = made;
        Authorize(made, authorization);
        return made;
    }

    /// <summary>Gives a connection new credentials.</summary>
    public void Authorize(Connection connection, ConnectionAuthorization authorization)
    {
        (connection.Authorization, connection.AuthorizationType) = (authorization, authorization.Type);
        connection.LastAuthorizedAt = connection.LastModifiedAt = context.Time.GetUtcNow();
    }

    /// <summary>Forgets a connection's credentials.</summary>
    public void Deauthorize(Connection connection)
    {
        connection.Authorization = null;
        connection.LastModifiedAt = context.Time.GetUtcNow();
    }

    public void Touch(Connection connection) => connection.LastModifiedAt = context.Time.GetUtcNow();

    public void Touch(ApiDestination destination) => destination.LastModifiedAt = context.Time.GetUtcNow();

    public void Delete(Connection connection) => connections.Remove(connection.Name);

    /// <inheritdoc cref="CreateConnection"/>
    public ApiDestination Create(
        string name, string connectionArn, string endpoint, string method, int? rate, string? description, string? id = null)
    {
        var made = new ApiDestination(name, id ?? context.Ids.Uuid(), context.Time.GetUtcNow())
        {
            ConnectionArn = connectionArn,
            Endpoint = endpoint,
            Method = method,
            Rate = rate ?? ApiDestination.UsualRate,
            Description = description,
        };
        destinations[name] = made;
        targets.Add(made.Arn, new DestinationTarget(context, this, made, roles));
        return made;
    }

    internal void Left() => Interlocked.Increment(ref underWay);

    internal void CameBack() => Interlocked.Decrement(ref underWay);

    public void Delete(ApiDestination destination)
    {
        destinations.Remove(destination.Name);
        targets.Remove(destination.Arn);
    }

    /// <summary>AWS's word: a destination whose connection is gone, or forgot its credentials, takes nothing.</summary>
    public string StateOf(ApiDestination destination) =>
        FindConnectionArn(destination.ConnectionArn)?.Authorization is null ? "INACTIVE" : "ACTIVE";
}
