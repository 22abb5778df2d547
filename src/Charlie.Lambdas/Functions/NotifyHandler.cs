using System.Text.Json;
using Amazon.Lambda.Core;
using Charlie.Lambdas.Aws;
using Charlie.Lambdas.Events;
using Charlie.Lambdas.Notifications;
using Charlie.Lambdas.Reports;

namespace Charlie.Lambdas.Functions;

/// <summary>Notify: writes what a rule delivered as a mail, and publishes it. Whatever it throws, Lambda runs again.</summary>
internal sealed class NotifyHandler(MailWriter writer, IAlertTopic topic) : ILambdaHandler
{
    public async Task<DeploymentReport?> HandleAsync(JsonElement document, ILambdaContext context)
    {
        var log = new Log(context.Logger);
        var envelope = EventEnvelope.Read(document);
        log.Received(envelope.Source ?? "(none)", envelope.DetailType ?? "(none)");
        var mail = writer.Write(AlertReader.Read(document));
        await topic.PublishAsync(mail.Subject, mail.Body);
        log.Notified(mail.Subject);
        return null;
    }
}
