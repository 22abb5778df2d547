using System.Globalization;
using System.Text;

namespace Charlie.Sandbox.Wire;

/// <summary>One page of a list. A token names the key of the last item that was given, so items may come and go between pages.</summary>
/// <param name="Items">The items of this page.</param>
/// <param name="NextToken">Where the next page begins; <c>null</c> on the last one.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? NextToken);

internal static class Paging
{
    private const string Prefix = "page:";

    /// <param name="ordered">All items, ascending by their key.</param>
    /// <param name="keyOf">An item's key, at most one item each.</param>
    /// <param name="token">The token that the caller sent, if any.</param>
    /// <param name="max">How many items fit on a page; <c>null</c> for all.</param>
    /// <param name="invalid">AWS's error for a token that this list never gave.</param>
    public static Page<T> Take<T>(
        IEnumerable<T> ordered, Func<T, string> keyOf, string? token, int? max, Func<AwsException> invalid)
    {
        var rest = ordered;
        if (token is { Length: > 0 })
        {
            var last = Read(token) ?? throw invalid();
            rest = ordered.SkipWhile(item => string.CompareOrdinal(keyOf(item), last) <= 0);
        }

        var items = (max is { } limit ? rest.Take(limit + 1) : rest).ToList();
        if (max is null || items.Count <= max)
        {
            return new Page<T>(items, null);
        }

        items.RemoveAt(items.Count - 1);
        return new Page<T>(items, Convert.ToBase64String(Encoding.UTF8.GetBytes(Prefix + keyOf(items[^1]))));
    }

    /// <summary>A number as a key that sorts like the number.</summary>
    public static string Key(long number) => number.ToString("D19", CultureInfo.InvariantCulture);

    private static string? Read(string token)
    {
        var bytes = new byte[token.Length];
        if (!Convert.TryFromBase64String(token, bytes, out var count))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(bytes, 0, count);
        return text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : null;
    }
}
