using System.Text.Json;
using Amazon.Lambda.Core;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Events;

namespace Charlie.Lambdas.Functions;

/// <summary>Judges instances, and nothing else.</summary>
internal sealed class LifecycleFunction(Settings settings, WatchTools tools) : IFunction
{
    // Left for the answer on its way to Lambda; the sweep takes over in the minute after.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    private readonly Reports reports = new(settings);

    public async Task<DeploymentReport> HandleAsync(JsonElement document, ILambdaContext context)
    {
        var steps = new Steps(context.Logger);
        var envelope = EventEnvelope.Read(document);
        steps.Received(envelope.Source, envelope.DetailType);
        var report = await RouteAsync(envelope, context.RemainingTime - Margin, steps);
        steps.Ended(report);
        return report;
    }

    private async Task<DeploymentReport> RouteAsync(EventEnvelope envelope, TimeSpan available, Steps steps)
    {
        try
        {
            return (envelope.Source, envelope.DetailType) switch
            {
                ("aws.autoscaling", "EC2 Instance-launch Lifecycle Action") => await WatchAsync(LaunchAction.Read(envelope), available, steps),
                ("aws.events", "Scheduled Event") => await new Watch(settings, tools, steps).SweepAsync(),
                (DepartedReport.Source, DepartedReport.DetailType) => await RecordDepartureAsync(DepartedReport.Read(envelope), steps),
                _ => reports.Rejected("an event", $"Lifecycle does not know source {Name(envelope.Source)} with detail-type {Name(envelope.DetailType)}"),
            };
        }
        catch (InvalidEventException invalid)
        {
            return reports.Rejected($"an event '{envelope.DetailType}'", invalid.Message);
        }
    }

    // Only the last end counts: a report of an earlier one that comes late says nothing of it.
    private async Task<DeploymentReport> RecordDepartureAsync(ReportedMark mark, Steps steps)
    {
        var records = await tools.Template.ReadAsync();
        var end = ReleaseEnd.Of(records).FirstOrDefault(end => end.Release == mark.Release);
        if (end is null || (end.Kind, end.At) != (mark.Kind, mark.EndedAt))
        {
            return reports.NothingToDo($"{mark.Kind} is not the last end of release {mark.Release}");
        }

        if (!end.IsReported(records))
        {
            await tools.Template.WriteMarkAsync(mark.Key, mark.Value);
            steps.ReportLeft(mark);
        }

        return reports.NothingToDo($"the report that release {mark.Release} is {mark.Kind} left");
    }

    private async Task<DeploymentReport> WatchAsync(LaunchAction action, TimeSpan available, Steps steps) =>
        (action.GroupName, action.HookName) == (settings.GroupName, settings.LaunchHookName)
            ? await new Watch(settings, tools, steps).FollowAsync(action.InstanceId, available)
            : reports.NothingToDo($"hook {Printable.Of(action.HookName, 80)} of group {Printable.Of(action.GroupName, 80)} is not Charlie's");

    private static string Name(string? word) => word is null ? "(none)" : $"'{Printable.Of(word, 80)}'";
}
