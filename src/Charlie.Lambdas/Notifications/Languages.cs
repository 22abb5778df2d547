namespace Charlie.Lambdas.Notifications;

/// <summary>The languages that notifications are written in.</summary>
internal static class Languages
{
    public const string Allowed = "en or pt";

    /// <summary>A language by its code; <c>null</c> for one that there is not.</summary>
    public static ITexts? Find(string? code) => code switch
    {
        "en" => new EnglishTexts(),
        "pt" => new PortugueseTexts(),
        _ => null,
    };
}
