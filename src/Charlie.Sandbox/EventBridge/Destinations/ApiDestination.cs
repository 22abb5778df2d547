namespace Charlie.Sandbox.EventBridge.Destinations;

/// <summary>An HTTPS endpoint that a rule may deliver to.</summary>
public sealed class ApiDestination(string name, string id, DateTimeOffset at)
{
    /// <summary>EventBridge's own where none is given.</summary>
    public const int UsualRate = 300;

    public string Name { get; } = name;

    public string Arn { get; } = ArnOf(name, id);

    public string? Description { get; internal set; }

    public required string ConnectionArn { get; set; }

    /// <summary>An https URL; <c>*</c> stands for a target's path parameters, in order.</summary>
    public required string Endpoint { get; set; }

    public required string Method { get; set; }

    /// <summary>Requests a second at most.</summary>
    public int Rate { get; internal set; } = UsualRate;

    public DateTimeOffset CreatedAt { get; } = at;

    public DateTimeOffset LastModifiedAt { get; internal set; } = at;

    /// <summary>When the next request may leave.</summary>
    internal DateTimeOffset NextAt { get; set; }

    public static string ArnOf(string name, string id) => Account.Arn("events", $"api-destination/{name}/{id}");
}
