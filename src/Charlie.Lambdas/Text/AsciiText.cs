namespace Charlie.Lambdas.Text;

/// <summary>Text for those who take ASCII only: letters lose their accents, anything else becomes a question mark.</summary>
internal static class AsciiText
{
    private const string Accented = "áàâãäéèêëíìîïóòôõöúùûüçñªºÁÀÂÃÄÉÈÊËÍÌÎÏÓÒÔÕÖÚÙÛÜÇÑ";
    private const string Plain = "aaaaaeeeeiiiiooooouuuucnaoAAAAAEEEEIIIIOOOOOUUUUCN";

    public static string Of(string text) => string.Create(text.Length, text, static (line, source) =>
    {
        for (var i = 0; i < source.Length; i++)
        {
            line[i] = Of(source[i]);
        }
    });

    private static char Of(char character) =>
        char.IsAscii(character) ? char.IsControl(character) ? ' ' : character
        : Accented.IndexOf(character) is >= 0 and var place ? Plain[place]
        : '?';
}
