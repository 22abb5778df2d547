using System.Text.Json;
using Amazon.Lambda.Serialization.SystemTextJson;
using Charlie.Lambdas.Aws;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Events;
using Charlie.Lambdas.Functions;
using Charlie.Lambdas.GitLab;
using Charlie.Lambdas.Health;
using Charlie.Lambdas.Notifications;
using Charlie.Lambdas.Reports;

namespace Charlie.Lambdas;

/// <summary>Builds a function from its settings and clients.</summary>
internal static class Composition
{
    /// <summary>The functions that have settings and clients of their own.</summary>
    public const string Notify = "Notify";

    /// <inheritdoc cref="Notify"/>
    public const string GitLab = "GitLab";

    /// <param name="handler">The function's name, as Lambda gives it in <c>_HANDLER</c>.</param>
    /// <param name="settings">The stack's parameters.</param>
    /// <param name="ec2">The client of EC2.</param>
    /// <param name="autoScaling">The client of Auto Scaling.</param>
    /// <param name="probes">The client that probes instances.</param>
    /// <param name="time">The only source of time.</param>
    /// <param name="executed">Called with each action to which AWS responded.</param>
    /// <exception cref="SettingsException">There is no such function.</exception>
    public static FunctionHandler Build(
        string? handler,
        Settings settings,
        IEc2 ec2,
        IAutoScaling autoScaling,
        HttpMessageInvoker probes,
        TimeProvider time,
        Action<AwsAction>? executed = null)
    {
        var parser = new EventParser(settings.Origin, time);
        var records = new RecordsReader(ec2, settings.LaunchTemplateId);
        var reader = new SnapshotReader(
            records, new GroupReader(autoScaling, settings.GroupName, settings.LaunchTemplateId), new InstanceReader(ec2), time);
        var executor = new ActionExecutor(
            new TemplateWriter(ec2, settings.LaunchTemplateId),
            new GroupWriter(autoScaling, settings.GroupName, settings.LaunchHookName, settings.LaunchTemplateId),
            new InstanceWriter(ec2),
            time,
            executed);
        IFunction function = handler switch
        {
            "Refresh" => new RefreshFunction(settings.Names, settings.Policy, parser, reader, executor, time),
            "Lifecycle" => new LifecycleFunction(
                settings.Names,
                records,
                new LaunchWatch(
                    settings.Policy,
                    reader,
                    new InstanceProber(new HttpProbe(probes, settings.HealthPort, settings.HealthPath, time), time),
                    executor,
                    time),
                executor,
                time),
            _ => throw new SettingsException($"_HANDLER is '{handler}': the function's Handler must be Refresh, Lifecycle, Notify or GitLab."),
        };
        return new FunctionHandler(function, parser, new ReportWriter(settings.Names, settings.Policy.Health.BakeTime));
    }

    /// <param name="settings">The stack's parameters.</param>
    /// <param name="own">What only Notify is told.</param>
    /// <param name="topic">Gives the topic of an ARN.</param>
    public static NotifyHandler BuildNotify(Settings settings, NotifySettings own, Func<string, IAlertTopic> topic)
    {
        var mails = new MailSettings(settings.App, own.LogGroups, own.Environment);
        return new NotifyHandler(
            new MailWriter(mails, own.Texts),
            topic(own.Topic),
            own.ChatTopic is { } chat ? new Chat(new ChatWriter(mails, own.Texts), topic(chat)) : null);
    }

    /// <param name="own">What only GitLab is told.</param>
    /// <param name="http">The way to GitLab.</param>
    /// <param name="token">Gives the secret of an ARN.</param>
    /// <param name="time">The only source of time.</param>
    public static GitLabHandler BuildGitLab(
        GitLabSettings own, HttpMessageInvoker http, Func<string, ISecret> token, TimeProvider time) =>
        new(new GitLabApi(http, own.Api, token(own.TokenSecret), time));

    public static SourceGeneratorLambdaJsonSerializer<CharlieJson> CreateSerializer() => new((JsonSerializerOptions options) =>
    {
        // The serializer's own naming policy would win over the context's.
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        // EventBridge takes 1000 levels, and an event has to be read before it can be rejected.
        options.MaxDepth = 1024;
    });
}
