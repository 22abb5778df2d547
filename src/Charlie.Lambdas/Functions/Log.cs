using Amazon.Lambda.Core;
using Charlie.Lambdas.GitLab;
using Charlie.Lambdas.Reports;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Charlie.Lambdas.Functions;

/// <summary>The functions' log: one line a step, each written in one place, with its event id and its facts as fields.</summary>
internal sealed partial class Log(ILambdaLogger lambda)
{
    private readonly ILogger logger = new LambdaLogAdapter(lambda);

    [LoggerMessage(1, LogLevel.Information, "Received {Source} {DetailType}")]
    public partial void Received(string source, string detailType);

    [LoggerMessage(
        2, LogLevel.Warning, "Ignored the launch template's tag {Key}, which cannot be read as a record tag: delete it or correct it")]
    public partial void UnreadableRecordTag(string key);

    [LoggerMessage(3, LogLevel.Information, "Running the failed event {Source} {DetailType} once more")]
    public partial void RunAgain(string source, string detailType);

    [LoggerMessage(
        4, LogLevel.Warning, "EC2 warns about version {Version} of release {Release}: {Warning}; check the base version's settings")]
    public partial void VersionWarning(long version, string release, string warning);

    [LoggerMessage(6, LogLevel.Information, "Notified {Subject}")]
    public partial void Notified(string subject);

    [LoggerMessage(7, LogLevel.Information, "Told GitLab: pipeline {Pipeline} {State} (deployment {Deployment})")]
    public partial void ToldGitLab(long pipeline, PushState state, long deployment);

    [LoggerMessage(8, LogLevel.Error, "The chat did not get the notification: {Reason}")]
    public partial void ChatMissed(string reason);

    public void Ended(DeploymentReport report) =>
        Ended(report.Outcome, report.Summary, report.Release ?? "", report.InstanceId ?? "", report.Version ?? 0);

    [LoggerMessage(5, LogLevel.Information, "{Outcome}: {Summary} (release {Deployment}, instance {Instance}, version {Version})")]
    private partial void Ended(Outcome outcome, string summary, string deployment, string instance, long version);
}
