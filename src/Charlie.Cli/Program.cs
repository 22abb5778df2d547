using System.CommandLine;
using Charlie.Cli.Commands;
using Charlie.Cli.Production;
using Charlie.Sandbox;
using Charlie.Sandbox.Template;

var demo = DemoCommand.Create(TimeProvider.System);
var root = new RootCommand("Event-driven deploys that prove themselves, on an embedded AWS.")
{
    demo,
    ServeCommand.Create(TimeProvider.System),
    SimulateCommand.Create(TimeProvider.System),
    DrillCommand.Create(TimeProvider.System),
};

// Without a command it is the demo, with its options.
foreach (var option in demo.Options)
{
    root.Options.Add(option);
}

root.Action = demo.Action;

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    // An option that a command shares with the demo is checked for each of the two.
    foreach (var message in parsed.Errors.Select(error => error.Message).Distinct())
    {
        await Console.Error.WriteLineAsync($"charlie: {message}");
    }

    await Console.Error.WriteLineAsync("charlie --help shows what there is.");
    return ExitCodes.Usage;
}

try
{
    return await parsed.InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        // After Ctrl-C or SIGTERM each function's process gets half a second to end by itself; a busy machine needs more for it all.
        ProcessTerminationTimeout = TimeSpan.FromSeconds(10),
    });
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("charlie: stopped before the end.");
    return ExitCodes.Failure;
}
catch (Exception error) when (error is PortInUseException or TemplateException)
{
    await Console.Error.WriteLineAsync($"charlie: {error.Message}");
    return ExitCodes.Usage;
}
catch (StuckException stuck)
{
    await Console.Error.WriteLineAsync($"charlie: {stuck.Message}");
    return ExitCodes.Failure;
}
