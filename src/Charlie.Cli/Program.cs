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
    foreach (var error in parsed.Errors)
    {
        await Console.Error.WriteLineAsync($"charlie: {error.Message}");
    }

    await Console.Error.WriteLineAsync("charlie --help shows what there is.");
    return ExitCodes.Usage;
}

try
{
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
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
