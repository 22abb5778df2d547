using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Decisions;

/// <summary>
/// The record tag by which nothing is left to do for a request and for those before it. It is not in the request's own tag: a run
/// that ends an old request would overwrite one that came a moment ago.
/// </summary>
/// <param name="Request"><see cref="Restart"/>, <see cref="Start"/> or <see cref="Handover"/>.</param>
/// <param name="At">When the request was made that is done, or the handover begun.</param>
internal sealed record RequestDone(string Request, DateTimeOffset At) : IRecordTag
{
    public const string Prefix = "charlie:done:";
    public const string Restart = "restart";
    public const string Start = "start";
    public const string Handover = "handover";

    public string Key => Prefix + Request;

    public string Value => Iso8601.Write(At);

    public static RequestDone? Read(string key, string value) =>
        key[Prefix.Length..] is Restart or Start or Handover && Iso8601.Read(value) is { } at
            ? new RequestDone(key[Prefix.Length..], at)
            : null;
}
