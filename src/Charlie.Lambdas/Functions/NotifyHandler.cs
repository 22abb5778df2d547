using System.Text.Json;
using Amazon.Lambda.Core;
using Charlie.Lambdas.Aws;
using Charlie.Lambdas.Events;
using Charlie.Lambdas.Notifications;
using Charlie.Lambdas.Reports;

namespace Charlie.Lambdas.Functions;

/// <summary>
/// Notify: writes what a rule delivered as a mail, and publishes it. Whatever it throws, Lambda runs again. The chat gets a copy: one
/// that does not arrive is logged, because a run for its sake would mail once more.
/// </summary>
internal sealed class NotifyHandler(MailWriter writer, IAlertTopic topic, Chat? chat) : ILambdaHandler
{
    public async Task<DeploymentReport?> HandleAsync(JsonElement document, ILambdaContext context)
    {
        var log = new Log(context.Logger);
        var envelope = EventEnvelope.Read(document);
        log.Received(envelope.Source ?? "(none)", envelope.DetailType ?? "(none)");
        var alert = AlertReader.Read(document);
        var mail = writer.Write(alert);
        await topic.PublishAsync(mail.Subject, mail.Body, alert.IsToAct);
        log.Notified(mail.Subject);
        if (chat is not null)
        {
            try
            {
                await chat.Topic.PublishAsync(mail.Subject, chat.Writer.Write(alert), alert.IsToAct);
            }
            catch (CallException error)
            {
                log.ChatMissed(error.Message);
            }
        }

        return null;
    }
}

/// <summary>The topic of the chat, and who writes for it.</summary>
internal sealed record Chat(ChatWriter Writer, IAlertTopic Topic);
