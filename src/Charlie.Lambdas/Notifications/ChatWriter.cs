using System.Text.Json;
using Charlie.Lambdas.Reports;
using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Notifications;

/// <summary>
/// Writes an alert as Amazon Q Developer in chat applications takes it from a topic (custom notifications, version 1.0): Slack
/// and Teams show it, with all of one release in one thread.
/// </summary>
internal sealed class ChatWriter(MailSettings settings, ITexts texts)
{
    private const int MaxText = 1000;

    public string Write(Alert alert)
    {
        var (report, app) = ((alert as Alert.OfReport)?.Report, Title.AppOf(alert, settings));
        var title = SingleLineText.Of(Title.Of(alert, settings, texts), MaxText);
        return JsonSerializer.Serialize(
            new ChatMessage(
                "1.0",
                "custom",
                new ChatContent(
                    "client-markdown",
                    title,
                    Description(alert),
                    [ToDo(alert), $"`{NextCommand.Of(alert, app, texts.Why)}`"],
                    [alert.Word]),
                new ChatMetadata(
                    alert.Release is { } release ? $"{app} {release}" : app,
                    title,
                    alert.Word,
                    report?.PipelineUrl is { } pipeline ? [pipeline] : [])),
            ChatJson.Default.ChatMessage);
    }

    private string Description(Alert alert)
    {
        var labels = texts.Labels;
        var (what, why) = alert switch
        {
            Alert.OfReport { Report: var report } => (texts.What(report), report.Reason),
            Alert.OfFailure failure => (texts.What(failure), failure.Error),
            _ => throw new ArgumentOutOfRangeException(nameof(alert), alert, "Not an alert."),
        };
        var of = alert as Alert.OfReport;
        return string.Join(
            '\n',
            ((string?[])
            [
                SingleLineText.Of(what, MaxText),
                Fact(of?.Report.Outcome == Outcome.Stuck ? labels.GroupSays : labels.Why, why),
                Fact(labels.InService, of is null ? null : texts.InService(of.Report)),
                Fact(labels.Out, of?.Out is { } @out ? Duration.Of(@out) : null),
                Fact(
                    labels.Commit,
                    of?.Report is { Commit: { } hash } told ? texts.Commit(hash, told.CommitTitle, told.CommitAuthor) : null),
            ]).OfType<string>());
    }

    private string ToDo(Alert alert) => alert switch
    {
        Alert.OfReport { Report: var report } => texts.ToDo(report),
        Alert.OfFailure failure => texts.ToDo(failure),
        _ => throw new ArgumentOutOfRangeException(nameof(alert), alert, "Not an alert."),
    };

    // What an app or a committer wrote is shown as it is, and never as markup.
    private static string? Fact(string label, string? value) =>
        string.IsNullOrWhiteSpace(value)
            ? null
            : $"*{label}:* `{SingleLineText.Of(value, MaxText).Replace('`', '\'')}`";
}
