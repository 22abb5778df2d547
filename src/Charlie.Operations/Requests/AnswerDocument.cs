namespace Charlie.Operations.Requests;

/// <summary>What came of a request.</summary>
/// <param name="Shape">The version of this shape; a member is only added to it without a new one.</param>
/// <param name="IsRecorded">Whether it is on record; otherwise nothing was put.</param>
/// <param name="Outcome">The word of the report that the functions' policy comes to.</param>
/// <param name="Key">The record tag's key; <c>null</c> where none was written.</param>
/// <param name="Value">The record tag's value.</param>
internal sealed record AnswerDocument(int Shape, string App, bool IsRecorded, string Outcome, string Summary, string? Key, string? Value)
{
    public const int NewestShape = 1;
}
