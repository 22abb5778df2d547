using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Decisions;

/// <summary>The value of a record tag that says when and why something was requested, and whether it is done.</summary>
internal static class RequestTag
{
    private const string Open = "open";
    private const string Done = "done";

    public static string Write(DateTimeOffset at, bool isDone, string reason) =>
        $"{Iso8601.Write(at)} {(isDone ? Done : Open)} {reason}";

    public static (DateTimeOffset At, bool IsDone, string Reason)? Read(string value) =>
        value.Split(' ', 3) is [var time, Open or Done, var reason] words && Iso8601.Read(time) is { } at
            ? (at, words[1] is Done, reason)
            : null;
}
