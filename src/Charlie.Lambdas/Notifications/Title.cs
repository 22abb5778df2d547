using Charlie.Lambdas.Reports;

namespace Charlie.Lambdas.Notifications;

/// <summary>A notification in one line: <c>[bot production] ROLLED BACK 1.2 (1048577.7700124): back to release 1.1 (...)</c>.</summary>
internal static class Title
{
    public static string Of(Alert alert, MailSettings settings, ITexts texts)
    {
        var headline = alert switch
        {
            Alert.OfReport { Report: var report } of => texts.Headline(report, of.Out),
            Alert.OfFailure failure => texts.Headline(failure),
            _ => throw new ArgumentOutOfRangeException(nameof(alert), alert, "Not an alert."),
        };
        var tag = (alert as Alert.OfReport)?.Report.Tag;
        var named = alert.Release is { } release ? $"{alert.Word} {ReleaseName.Of(release, tag)}" : alert.Word;
        var app = AppOf(alert, settings);
        return $"[{(settings.Environment is { } environment ? $"{app} {environment}" : app)}] {named}: {headline}";
    }

    public static string AppOf(Alert alert, MailSettings settings) =>
        alert is Alert.OfReport { Report.App: var app } ? app : settings.App;
}
