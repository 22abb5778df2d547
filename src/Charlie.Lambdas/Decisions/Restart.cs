using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Decisions;

/// <summary>The record tag by which instances that were launched before a time are replaced by new ones of the same release.</summary>
/// <param name="At">When it was requested.</param>
/// <param name="IsDone">Whether all of them are gone; until then the launch times are read in each run.</param>
internal sealed record Restart(DateTimeOffset At, bool IsDone, string Reason) : IRecordTag
{
    public const string TagKey = "charlie:restart";

    public string Key => TagKey;

    public string Value => RequestTag.Write(At, IsDone, Reason);

    public static Restart? Read(string value) =>
        RequestTag.Read(value) is var (at, isDone, reason) ? new Restart(at, isDone, reason) : null;
}
