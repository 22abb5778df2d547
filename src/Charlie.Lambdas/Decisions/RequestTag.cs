using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Decisions;

/// <summary>The value of a record tag that says when and why something was requested.</summary>
internal static class RequestTag
{
    public static string Write(DateTimeOffset at, string reason) => $"{Iso8601.Write(at)} {reason}";

    public static (DateTimeOffset At, string Reason)? Read(string value) =>
        value.Split(' ', 2) is [var time, var reason] && Iso8601.Read(time) is { } at ? (at, reason) : null;
}
