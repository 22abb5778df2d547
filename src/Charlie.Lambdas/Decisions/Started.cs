namespace Charlie.Lambdas.Decisions;

/// <summary>The record tag that ends a <see cref="Stopped"/> that is not newer.</summary>
/// <param name="At">When it was requested.</param>
/// <param name="IsDone">Whether the group launches again for good; a suspension after that is somebody else's.</param>
internal sealed record Started(DateTimeOffset At, bool IsDone, string Reason) : IRecordTag
{
    public const string TagKey = "charlie:started";

    public string Key => TagKey;

    public string Value => RequestTag.Write(At, IsDone, Reason);

    public static Started? Read(string value) =>
        RequestTag.Read(value) is var (at, isDone, reason) ? new Started(at, isDone, reason) : null;
}
