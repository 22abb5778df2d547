using System.Text;

namespace Charlie.Sandbox.EventBridge.Destinations;

/// <summary>How an API destination's requests are authorized.</summary>
public abstract record ConnectionAuthorization
{
    /// <summary>AWS's word for it.</summary>
    public abstract string Type { get; }

    /// <summary>The header that it makes.</summary>
    public abstract (string Name, string Value) Header { get; }

    /// <param name="Name">The header's name.</param>
    public sealed record ApiKey(string Name, string Value) : ConnectionAuthorization
    {
        public override string Type => "API_KEY";

        public override (string Name, string Value) Header => (Name, Value);
    }

    public sealed record Basic(string User, string Password) : ConnectionAuthorization
    {
        public override string Type => "BASIC";

        public override (string Name, string Value) Header =>
            ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}")));
    }
}

/// <summary>A connection: the credentials of API destinations, which EventBridge keeps in a secret of its own.</summary>
public sealed class Connection(string name, string id, DateTimeOffset at)
{
    public string Name { get; } = name;

    public string Arn { get; } = ArnOf(name, id);

    /// <summary>Of the secret that EventBridge makes; the sandbox keeps no such secret.</summary>
    public string SecretArn { get; } = Account.Arn("secretsmanager", $"secret:events!connection/{name}/{id}");

    public string? Description { get; internal set; }

    /// <summary>The kind that it was made with last, also when it was deauthorized.</summary>
    public required string AuthorizationType { get; set; }

    /// <summary><c>null</c> when it was deauthorized: EventBridge has forgotten the credentials.</summary>
    public ConnectionAuthorization? Authorization { get; internal set; }

    public InvocationParameters Parameters { get; internal set; } = InvocationParameters.None;

    public DateTimeOffset CreatedAt { get; } = at;

    public DateTimeOffset LastModifiedAt { get; internal set; } = at;

    public DateTimeOffset? LastAuthorizedAt { get; internal set; }

    public string State => Authorization is null ? "DEAUTHORIZED" : "AUTHORIZED";

    public static string ArnOf(string name, string id) => Account.Arn("events", $"connection/{name}/{id}");
}
