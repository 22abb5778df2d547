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

    public string Value => RequestTag.Write(At, Reason);

    public static Stopped? Read(string value) => RequestTag.Read(value) is var (at, reason) ? new Stopped(at, reason) : null;
}
