using System.Text.Json;
using Amazon.Lambda.Core;
using Charlie.Lambdas.Events;
using Charlie.Lambdas.Reports;

namespace Charlie.Lambdas.Functions;

/// <summary>What Lambda calls: parses the event, has the function handle it, and writes the report.</summary>
internal sealed class FunctionHandler(IFunction function, EventParser parser, ReportWriter reports) : ILambdaHandler
{
    // Left for the response on its way to Lambda; the sweep takes over in the minute after.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    public async Task<DeploymentReport?> HandleAsync(JsonElement document, ILambdaContext context)
    {
        var log = new Log(context.Logger);
        var envelope = EventEnvelope.Read(document);
        log.Received(envelope.Source ?? "(none)", envelope.DetailType ?? "(none)");
        var report = reports.Write(await function.HandleAsync(parser.Parse(envelope), context.RemainingTime - Margin, log));
        log.Ended(report);
        return report;
    }
}
