using System.Text.RegularExpressions;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Sts;

/// <summary>
/// Security Token Service, as far as a job needs it that brings a token of its own: credentials for a role. Who may have
/// them is the role's trust policy's matter, which is in no template of the sandbox's; the token is not checked.
/// </summary>
internal sealed partial class SecurityTokenApi(CloudContext context) : IAwsApi
{
    private static readonly PlayedOperations Played = PlayedOperations.Of("""
        AssumeRoleWithWebIdentity RoleArn RoleSessionName WebIdentityToken DurationSeconds
        GetCallerIdentity
        """);

    private const int ShortestSession = 900;
    private const int MaxSession = 43200;
    private const int UsualSession = 3600;

    /// <summary>Who uses an access key that was given for a role: the role's name and the newest session's.</summary>
    private readonly Dictionary<string, (string Role, string Session)> sessions = new(StringComparer.Ordinal);

    public string Service => "sts";

    public AwsProtocol Protocol => AwsProtocol.Query;

    public PlayedOperations Operations => Played;

    public AwsResponse Respond(AwsRequest request) => request.Action switch
    {
        "AssumeRoleWithWebIdentity" => AssumeRole(request),
        "GetCallerIdentity" => GetCallerIdentity(request),
        _ => throw WireErrors.Unsupported(Protocol, Service, request.Action),
    };

    private AwsResponse AssumeRole(AwsRequest request)
    {
        var role = Required(request, "RoleArn", RoleShape);
        var session = Required(request, "RoleSessionName", SessionShape);
        _ = Required(request, "WebIdentityToken", TokenShape);
        var seconds = request.Parameters.TryGetValue("DurationSeconds", out var text) && int.TryParse(text, out var given)
            ? given : UsualSession;
        if (seconds is < ShortestSession or > MaxSession)
        {
            throw Invalid("durationSeconds", $"Member must have value between {ShortestSession} and {MaxSession}");
        }

        var name = role[(role.LastIndexOf('/') + 1)..];
        sessions[KeyOf(role)] = (name, session);
        context.Record("sts", "RoleAssumed", role, $"{session} assumed the role {name}");
        return XmlResponse.Query(request, xml =>
        {
            xml.Element("Credentials", credentials =>
            {
                credentials.Element("AccessKeyId", KeyOf(role));
                credentials.Element("SecretAccessKey", "not-a-secret");
                credentials.Element("SessionToken", "not-a-secret");
                credentials.Element("Expiration", context.Time.GetUtcNow().AddSeconds(seconds));
            });
            xml.Element("SubjectFromWebIdentityToken", session);
            xml.Element("AssumedRoleUser", user =>
            {
                user.Element("Arn", $"arn:aws:sts::{Account.Id}:assumed-role/{name}/{session}");
                user.Element("AssumedRoleId", $"AROA{name.ToUpperInvariant()}:{session}");
            });
        });
    }

    /// <summary>A session of a role or a function; any other access key is a user of its own name.</summary>
    private AwsResponse GetCallerIdentity(AwsRequest request)
    {
        var key = request.Caller
            ?? throw new AwsException("MissingAuthenticationToken", "Request is missing Authentication Token", 403);
        var session = sessions.TryGetValue(key, out var assumed) ? assumed
            : context.Callers.NameOf(key) is { } function ? (Role: function, Session: function) : default;
        return XmlResponse.Query(request, xml =>
        {
            xml.Element("UserId", session.Role is null ? key : $"AROA{session.Role.ToUpperInvariant()}:{session.Session}");
            xml.Element("Account", Account.Id);
            xml.Element("Arn", session.Role is null
                ? $"arn:aws:iam::{Account.Id}:user/{key}" : $"arn:aws:sts::{Account.Id}:assumed-role/{session.Role}/{session.Session}");
        });
    }

    /// <summary>The access key of a role's sessions: what the timeline and the calls show of who called.</summary>
    public static string KeyOf(string role) =>
        $"ASIA{Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(role)))[..16]}";

    private static string Required(AwsRequest request, string name, Regex shape) =>
        request.Parameters.GetValueOrDefault(name) is { Length: > 0 } value && shape.IsMatch(value)
            ? value
            : throw Invalid($"{char.ToLowerInvariant(name[0])}{name[1..]}", $"Member must satisfy regular expression pattern: {shape}");

    private static AwsException Invalid(string member, string rule) =>
        new("ValidationError", $"1 validation error detected: Value at '{member}' failed to satisfy constraint: {rule}");

    [GeneratedRegex(@"^arn:aws[a-z-]*:iam::[0-9]{12}:role/[\w+=,.@/-]{1,576}\z")]
    private static partial Regex RoleShape { get; }

    [GeneratedRegex(@"^[\w+=,.@-]{2,64}\z")]
    private static partial Regex SessionShape { get; }

    [GeneratedRegex(@"^[\x21-\x7e]{4,20000}\z")]
    private static partial Regex TokenShape { get; }
}
