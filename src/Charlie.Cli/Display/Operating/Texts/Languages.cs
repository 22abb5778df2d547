namespace Charlie.Cli.Display.Operating.Texts;

/// <summary>The languages that there are texts in.</summary>
internal static class Languages
{
    public const string English = "en";
    public const string Portuguese = "pt";

    // As POSIX has it: the first that is set counts.
    private static readonly string[] Variables = ["LC_ALL", "LC_MESSAGES", "LANG"];

    /// <summary>The texts of a language by its name; without one by the environment: Portuguese for pt, pt_BR and the like.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    public static ITexts Choose(string? name, Func<string, string?> variable)
    {
        var locale = name ?? Variables.Select(variable).FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? English;
        return locale.Split('_', '-', '.', '@')[0] == Portuguese ? new PortugueseTexts() : new EnglishTexts();
    }
}
