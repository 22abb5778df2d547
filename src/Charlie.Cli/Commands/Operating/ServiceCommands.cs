using System.CommandLine;
using Charlie.Operations.Requests;

namespace Charlie.Cli.Commands.Operating;

/// <summary><c>charlie restart</c>, <c>stop</c> and <c>start</c>: the same release on new machines, on none, and again.</summary>
internal static class ServiceCommands
{
    private static readonly Option<bool> NoWait = new("--no-wait") { Description = "Do not wait until it is done" };

    public static IEnumerable<Command> Create(TimeProvider time) =>
    [
        Create(
            "restart", "The same release on new machines", time, OperatorEvent.Restart, usual: null),
        Create(
            "stop", "Take the app out of service until charlie start", time, OperatorEvent.Stop, usual: null),
        Create(
            "start", "Take a stopped app back into service", time, OperatorEvent.Start, usual: "started with charlie start"),
    ];

    private static Command Create(
        string name, string description, TimeProvider time, Func<string, string, string, OperatorEvent> request, string? usual)
    {
        var command = AppOptions.Command(name, description, AppOptions.Reason, AppOptions.By, AppOptions.Yes, NoWait, AppOptions.Language);
        command.SetAction(async (parsed, cancellation) =>
        {
            var reason = usual is null ? Reasons.Needed(parsed) : Reasons.Or(parsed, usual);
            using var session = await AppSession.OpenAsync(parsed, time, cancellation);
            return await new RequestRun(session, parsed).RunAsync(
                request(session.App, reason, parsed.GetValue(AppOptions.By)!),
                await session.Reader.ReadAsync(),
                null,
                isFollowed: !parsed.GetValue(NoWait),
                cancellation);
        });
        return command;
    }
}
