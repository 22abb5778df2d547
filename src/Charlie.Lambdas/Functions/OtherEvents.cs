using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Events;
using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Functions;

/// <summary>The events that a function has nothing to do about.</summary>
internal static class OtherEvents
{
    // As much of a name from outside as helps to find it.
    private const int MaxNameLength = 80;

    public static RunResult Result(InboundEvent inbound, string function) => inbound switch
    {
        InvalidEvent invalid => new RunResult.Rejected($"an event '{invalid.DetailType}'", invalid.Reason),
        InvocationFailed => new RunResult.NothingToDo("the failed event is not run again: it is too old, or the next sweep does its work"),
        InstanceRefreshEnded ended => new RunResult.NothingToDo($"group {Name(ended.GroupName)} is not the group of this stack"),
        InstanceLaunchHook hook => new RunResult.NothingToDo(
            $"hook {SingleLineText.Of(hook.HookName, MaxNameLength)} of group {SingleLineText.Of(hook.GroupName, MaxNameLength)}"
            + " is not the launch hook of this stack"),
        UnknownEvent unknown => Unknown(function, Name(unknown.Source), Name(unknown.DetailType)),
        ImagePushed => Unknown(function, Name(ImagePushed.Source), Name(ImagePushed.DetailType)),
        OperatorRequest request => Unknown(function, Name(OperatorRequest.Source), Name(request.Kind)),
        AlarmFired => Unknown(function, Name(AlarmFired.Source), Name(AlarmFired.DetailType)),
        ReportDelivered => Unknown(function, Name(ReportDelivered.Source), Name(ReportDelivered.DetailType)),
        _ => throw new ArgumentOutOfRangeException(nameof(inbound), inbound, "Not an event that a function leaves alone."),
    };

    private static RunResult.Rejected Unknown(string function, string source, string detailType) =>
        new("an event", $"{function} does not know source {source} with detail-type {detailType}");

    private static string Name(string? word) => word is null ? "(none)" : $"'{SingleLineText.Of(word, MaxNameLength)}'";
}
