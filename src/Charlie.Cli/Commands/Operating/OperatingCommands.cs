using System.CommandLine;

namespace Charlie.Cli.Commands.Operating;

/// <summary>Every command about an installed app, on the embedded AWS and on an account alike.</summary>
internal static class OperatingCommands
{
    public static IEnumerable<Command> Create(TimeProvider time) =>
    [
        StatusCommand.Create(time),
        WaitCommand.Create(time),
        HistoryCommand.Create(time),
        ShowCommand.Create(time),
        PlanCommand.Create(time),
        RollbackCommand.Create(time),
        HoldCommand.Create(time),
        ResumeCommand.Create(time),
        .. ServiceCommands.Create(time),
        DoctorCommand.Create(time),
        CheckImageCommand.Create(time),
        LogsCommand.Create(time),
        .. PushCommand.Create(time),
    ];
}
