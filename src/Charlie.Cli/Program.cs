using System.CommandLine;
using Amazon.Runtime;
using Charlie.Cli;
using Charlie.Cli.Commands;
using Charlie.Cli.Commands.Operating;
using Charlie.Operations;
using Charlie.Operations.Access;

var root = new RootCommand("Event-driven deploys that prove themselves, on AWS and on an embedded one.");
Parts.AddTo(root, TimeProvider.System);
root.Subcommands.Add(CompletionCommand.Create());
foreach (var command in OperatingCommands.Create(TimeProvider.System))
{
    root.Subcommands.Add(command);
}

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
catch (Exception error) when (Parts.ExitCodeOf(error) is { } code)
{
    await Console.Error.WriteLineAsync($"charlie: {error.Message}");
    return code;
}
