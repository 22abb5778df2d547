using System.Globalization;

namespace Charlie.Lambdas.Text;

/// <summary>Text from outside, made safe for logs, tags and alerts.</summary>
internal static class SingleLineText
{
    /// <summary>One line of at most <paramref name="length"/> characters; control and format characters become spaces.</summary>
    public static string Of(string text, int length)
    {
        var shortened = text.Length <= length ? text : string.Concat(text.AsSpan(0, length - 1), "…");
        return string.Create(shortened.Length, shortened, static (line, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                line[i] = IsVisible(source[i]) ? source[i] : ' ';
            }
        });
    }

    private static bool IsVisible(char character) => char.GetUnicodeCategory(character)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
