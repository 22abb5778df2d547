using System.Text.Json;
using Amazon.Lambda.Core;
using Charlie.Lambdas.Aws;
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
        if (AlertReader.Read(document) is not Alert.OfReport alert)
        {
            return null;
        }

        var errors = new List<string>();
        foreach (var end in PushEnd.Of(alert.Report, alert.Origin.At))
        {
            try
            {
                await gitLab.TellAsync(end);
                log.ToldGitLab(end.PipelineId, end.What.State, end.DeploymentId ?? 0);
            }
            catch (CallException error)
            {
                // A deployment that GitLab does not have keeps no other from its end.
                errors.Add(error.Message);
            }
        }

        return errors.Count == 0 ? null : throw new CallException(string.Join("; ", errors.Distinct()));
    }
}
