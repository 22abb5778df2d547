using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Charlie.Cli.Web.Serving;

/// <summary>
/// Who may use the page. The host is checked against DNS rebinding: a foreign name that resolves to this machine is refused. A post
/// carries a header that no foreign page can send. With a key the page is for whoever was given its address.
/// </summary>
/// <param name="key">The key of the address; <c>null</c> where everyone who reaches the port may read.</param>
internal sealed class ConsoleGuard(string? key)
{
    /// <summary>The header of a post; its value comes with the page's first event.</summary>
    public const string Header = "X-Charlie-Token";

    public const string Query = "key";

    private const string Cookie = "charlie-console";
    private const int Digits = 48;

    private static readonly string[] Hosts = ["127.0.0.1", "localhost", "[::1]"];

    /// <summary>What a post must carry.</summary>
    public string Token { get; } = NewKey();

    /// <summary>A key that cannot be guessed.</summary>
    public static string NewKey() => RandomNumberGenerator.GetHexString(Digits, lowercase: true);

    /// <summary>Why the request is refused, as an HTTP status; <c>null</c> where it is allowed.</summary>
    public int? Refusal(HttpRequest request) =>
        !Hosts.Contains(request.Host.Host) ? StatusCodes.Status421MisdirectedRequest
        : key is not null && !Equal(request.Cookies[Cookie], key) ? StatusCodes.Status401Unauthorized
        : HttpMethods.IsPost(request.Method) && !Equal((string?)request.Headers[Header], Token) ? StatusCodes.Status403Forbidden
        : null;

    /// <summary>Whether the address has the key: then the browser keeps it, and loses it from its address.</summary>
    public bool TakesKey(HttpContext context)
    {
        if (key is null || !Hosts.Contains(context.Request.Host.Host) || !Equal((string?)context.Request.Query[Query], key))
        {
            return false;
        }

        context.Response.Cookies.Append(
            Cookie, key, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, IsEssential = true, Path = "/" });
        return true;
    }

    private static bool Equal(string? given, string expected) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
}
