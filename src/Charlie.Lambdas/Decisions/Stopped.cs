using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Decisions;

/// <summary>
/// The record tag that takes the app out of service until a <see cref="Started"/> that is not older: no instance is launched,
/// and those that run are terminated. The group's desired capacity is not touched, so that schedules go on.
/// </summary>
/// <param name="At">When it was requested.</param>
internal sealed record Stopped(DateTimeOffset At, string Reason) : IRecordTag
{
    public const string TagKey = "charlie:stopped";

    public string Key => TagKey;

    public string Value => $"{Iso8601.Write(At)} {Reason}";

    public static Stopped? Read(string value) =>
        value.Split(' ', 2) is [var time, var reason] && Iso8601.Read(time) is { } at ? new Stopped(at, reason) : null;
}
