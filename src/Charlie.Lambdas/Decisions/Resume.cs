namespace Charlie.Lambdas.Decisions;

/// <summary>The record tag that ends the holds of its holder that were not requested later. Of equal times the resume counts.</summary>
/// <param name="From">When it was requested.</param>
internal sealed record Resume(Holder Holder, DateTimeOffset From, string Reason) : IRecordTag
{
    public const string Prefix = "charlie:resume:";

    public string Key => Prefix + Holder.Word();

    public string Value => RequestTag.Write(From, Reason);

    public static Resume? Read(string key, string value) =>
        Holders.Read(key[Prefix.Length..]) is { } holder && RequestTag.Read(value) is var (from, reason)
            ? new Resume(holder, from, reason)
            : null;
}
