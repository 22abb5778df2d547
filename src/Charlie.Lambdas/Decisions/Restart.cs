namespace Charlie.Lambdas.Decisions;

/// <summary>
/// The record tag by which instances that were launched before a time are replaced by new ones of the same release. Until it is done
/// (<see cref="RequestDone"/>) the launch times are read in each run.
/// </summary>
/// <param name="At">When it was requested.</param>
internal sealed record Restart(DateTimeOffset At, string Reason) : IRecordTag
{
    public const string TagKey = "charlie:restart";

    public string Key => TagKey;

    public string Value => RequestTag.Write(At, Reason);

    public static Restart? Read(string value) => RequestTag.Read(value) is var (at, reason) ? new Restart(at, reason) : null;
}
