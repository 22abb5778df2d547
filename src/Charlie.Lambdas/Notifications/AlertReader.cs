using System.Text.Json;
using Charlie.Lambdas.Events;
using Charlie.Lambdas.Reports;
using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Notifications;

/// <summary>Reads what the rules deliver: the events that Lambda makes of a function's result.</summary>
internal static class AlertReader
{
    // As much of an error as helps to find it; the log has all of it.
    private const int MaxError = 500;

    /// <exception cref="AlertException">It is not the result of a function, or its report cannot be read.</exception>
    public static Alert Read(JsonElement document)
    {
        var detail = Fields.Object(document, "detail");
        var context = Fields.Object(detail, "requestContext");
        var payload = Fields.Object(detail, "responsePayload");
        var origin = new AlertOrigin(
            // arn:aws:lambda:us-east-1:123456789012:function:NAME:$LATEST
            Required(context, "functionArn").Split(':') is [_, _, _, _, _, _, var name, ..] ? name : throw Missing("functionArn"),
            Required(context, "requestId"),
            Fields.Instant(document, "time") ?? throw Missing("time"),
            Required(document, "account"),
            Required(document, "region"));
        return Fields.Text(document, "detail-type") switch
        {
            ReportDelivered.DetailType => new Alert.OfReport(Report(payload), origin),
            InvocationFailed.DetailType => new Alert.OfFailure(
                SingleLineText.Of(Required(Fields.Object(detail, "requestPayload"), "detail-type"), MaxError),
                (int)(Fields.Number(context, "approximateInvokeCount") ?? 1),
                Error(payload),
                origin),
            var other => throw new AlertException($"detail-type is {other ?? "missing"}: it must be a function's result"),
        };
    }

    private static DeploymentReport Report(JsonElement payload)
    {
        try
        {
            return payload.ValueKind == JsonValueKind.Object && payload.Deserialize(CharlieJson.Default.DeploymentReport) is { } report
                ? report
                : throw Missing("responsePayload");
        }
        catch (JsonException wrong)
        {
            throw new AlertException($"responsePayload is no report: {wrong.Message}");
        }
    }

    private static string Error(JsonElement payload)
    {
        var parts = ((string?[])[Fields.Text(payload, "errorType"), Fields.Text(payload, "errorMessage")])
            .Where(part => !string.IsNullOrWhiteSpace(part));
        return SingleLineText.Of(string.Join(": ", parts), MaxError);
    }

    private static string Required(JsonElement document, string name) => Fields.Text(document, name) ?? throw Missing(name);

    private static AlertException Missing(string name) => new($"{name} is missing");
}
