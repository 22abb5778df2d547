using System.Globalization;
using Charlie.Cli.Display.Operating.Texts;
using Charlie.Operations.Doctor;
using Spectre.Console;

namespace Charlie.Cli.Display.Operating;

/// <summary><c>charlie doctor</c>: what is wrong, each with what mends it, and what could not be checked.</summary>
internal static class DoctorView
{
    public static Page Of(DoctorDocument document, int width)
    {
        var page = new Page(width);
        page.Sentence(
            document.Findings.Count == 0
                ? $"{document.App}: no complaint{(document.Unread.Count > 0 ? " of what could be checked" : "")}."
                : $"{document.App}: {Words.Count(document.Findings.Count, "thing is", "things are")} wrong.",
            document.Findings.Count == 0 ? Color.Green : Color.Red);
        foreach (var (at, finding) in document.Findings.Index())
        {
            page.Blank();
            page.Sentence(string.Create(CultureInfo.InvariantCulture, $"{at + 1}. {finding.Check}: {finding.What}"));
            page.Verbatim($"   {finding.Mend}");
        }

        if (document.Unread.Count > 0)
        {
            page.Blank();
            foreach (var unread in document.Unread)
            {
                page.Sentence($"Not checked: {unread}", Color.Yellow);
            }
        }

        return page;
    }
}
