using System.CommandLine;
using Amazon.Runtime;
using Charlie.Cli;
using Charlie.Cli.Commands;
using Charlie.Cli.Commands.Operating;
using Charlie.Cli.Commands.Setup;
using Charlie.Operations;
using Charlie.Operations.Access;
using Charlie.Sandbox;
using Charlie.Sandbox.Template;
using Charlie.Sandbox.Wire;
using Charlie.Simulation.Environments;

var demo = DemoCommand.Create(TimeProvider.System);
var root = new RootCommand("Event-driven deploys that prove themselves, on an embedded AWS.")
{
    demo,
    ServeCommand.Create(TimeProvider.System),
    SimulateCommand.Create(TimeProvider.System),
    DrillCommand.Create(TimeProvider.System),
    CompletionCommand.Create(),
    InitCommand.Create(TimeProvider.System),
};
foreach (var command in OperatingCommands.Create(TimeProvider.System))
{
    root.Subcommands.Add(command);
}

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

    if (Suggestion.For(parsed, root) is { } meant)
    {
        await Console.Error.WriteLineAsync($"Did you mean {meant}?");
    }

    await Console.Error.WriteLineAsync("charlie --help shows what there is.");
    return ExitCodes.Usage;
}

using var interruption = new Interruption();
try
{
    var code = await parsed.InvokeAsync(
        new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, interruption.Token);
    return code == ExitCodes.Interrupted ? interruption.ExitCode : code;
}
catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
{
    await Console.Error.WriteLineAsync("charlie: stopped before the end.");
    return interruption.ExitCode;
}
catch (Exception error) when (error is PortInUseException or TemplateException)
{
    await Console.Error.WriteLineAsync($"charlie: {error.Message}");
    return ExitCodes.Usage;
}
catch (OperationException error)
{
    await Console.Error.WriteLineAsync($"charlie: {error.Message}");
    return ExitCodes.Usage;
}
catch (Exception error) when (error is AwsCallException or AmazonServiceException or AmazonClientException)
{
    await Console.Error.WriteLineAsync($"charlie: AWS: {error.Message}");
    return ExitCodes.Usage;
}
catch (StuckException stuck)
{
    await Console.Error.WriteLineAsync($"charlie: {stuck.Message}");
    return ExitCodes.Failure;
}
