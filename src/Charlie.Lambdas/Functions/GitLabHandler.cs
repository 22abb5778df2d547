using System.Text.Json;
using Amazon.Lambda.Core;
using Charlie.Lambdas.Events;
using Charlie.Lambdas.GitLab;
using Charlie.Lambdas.Notifications;
using Charlie.Lambdas.Reports;

namespace Charlie.Lambdas.Functions;

/// <summary>GitLab: tells the app's project how its pushes ended. Whatever it throws, Lambda runs again.</summary>
internal sealed class GitLabHandler(IGitLab gitLab) : ILambdaHandler
{
    public async Task<DeploymentReport?> HandleAsync(JsonElement document, ILambdaContext context)
    {
        var log = new Log(context.Logger);
        var envelope = EventEnvelope.Read(document);
        log.Received(envelope.Source ?? "(none)", envelope.DetailType ?? "(none)");
        if (AlertReader.Read(document) is Alert.OfReport { Report: var report })
        {
            foreach (var end in PushEnd.Of(report))
            {
                await gitLab.TellAsync(end);
                log.ToldGitLab(end.PipelineId, end.State, end.DeploymentId ?? 0);
            }
        }

        return null;
    }
}
