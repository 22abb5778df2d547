using System.Diagnostics.CodeAnalysis;
using Charlie.Lambdas.Reports;
using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Notifications;

/// <summary>Writes subject and body of an alert, from nothing but the alert, the settings and a language.</summary>
internal sealed class MailWriter(MailSettings settings, ITexts texts)
{
    /// <summary>SNS's own limit of a subject.</summary>
    public const int MaxSubject = 100;

    // A report's values are far shorter; whatever comes, a mail stays one that can be read.
    private const int MaxValue = 2000;

    private const string Cut = "...";

    public Mail Write(Alert alert) => new(Subject(alert), Body(alert));

    private string Subject(Alert alert)
    {
        var subject = AsciiText.Of(Title.Of(alert, settings, texts));
        return subject.Length <= MaxSubject ? subject : subject[..(MaxSubject - Cut.Length)] + Cut;
    }

    private string Body(Alert alert)
    {
        var labels = texts.Labels;
        var block = new TextBlock(WidthOf(labels));
        var command = NextCommand.Of(alert, Title.AppOf(alert, settings), texts.Why);
        if (alert is Alert.OfReport { Report: var report } of)
        {
            block.Paragraph(Line(texts.What(report)));
            block.Fact(report.Outcome == Outcome.Stuck ? labels.GroupSays : labels.Why, Line(report.Reason));
            block.Fact(labels.InService, texts.InService(report));
            block.Fact(labels.Out, of.Out is { } @out ? texts.Lasted(Duration.Of(@out), UtcTime.Of(report.Since!.Value)) : null);
            block.Facts(labels.ToDo, [texts.ToDo(report), command]);
        }
        else if (alert is Alert.OfFailure failure)
        {
            block.Paragraph(Line(texts.What(failure)));
            block.Fact(labels.Why, Line(failure.Error));
            block.Facts(labels.ToDo, [texts.ToDo(failure), command]);
        }

        Where(block, labels, alert);
        return block.ToString();
    }

    private void Where(TextBlock block, Labels labels, Alert alert)
    {
        var report = (alert as Alert.OfReport)?.Report;
        var origin = alert.Origin;
        block.Fact(labels.Pipeline, Line(report?.PipelineUrl));
        block.Fact(labels.Commit, report?.Commit is { } hash ? Line(texts.Commit(hash, report.CommitTitle, report.CommitAuthor)) : null);
        block.Fact(labels.Instance, report?.InstanceId is { } id ? texts.Instance(id, report.Version) : null);
        block.Facts(labels.Logs,
        [
            NextCommand.OfLogs(alert, Title.AppOf(alert, settings)),
            .. texts.LogOf(settings.LogGroups.GetValueOrDefault(origin.Function, origin.Function), Line(origin.RequestId)),
        ]);

        block.Fact(labels.Time, UtcTime.Of(origin.At));
        block.Fact(labels.Account, Line($"{origin.Account}, {origin.Region}"));
    }

    [return: NotNullIfNotNull(nameof(text))]
    private static string? Line(string? text) => text is null ? null : SingleLineText.Of(text, MaxValue);

    private static int WidthOf(Labels labels) =>
        ((string[])
        [
            labels.Why, labels.GroupSays, labels.InService, labels.Out, labels.ToDo, labels.Pipeline, labels.Commit, labels.Instance,
            labels.Logs, labels.Time, labels.Account,
        ]).Max(label => label.Length) + 2;
}
