namespace Charlie.Lambdas.Decisions;

/// <summary>
/// The record tag that ends a <see cref="Stopped"/> that is not newer. It is done (<see cref="RequestDone"/>) when the group launches
/// again for good; a suspension after that is somebody else's.
/// </summary>
/// <param name="At">When it was requested.</param>
internal sealed record Started(DateTimeOffset At, string Reason) : IRecordTag
{
    public const string TagKey = "charlie:started";

    public string Key => TagKey;

    public string Value => RequestTag.Write(At, Reason);

    public static Started? Read(string value) => RequestTag.Read(value) is var (at, reason) ? new Started(at, reason) : null;
}
