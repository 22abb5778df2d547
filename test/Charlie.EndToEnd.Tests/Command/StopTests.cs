using System.Text.RegularExpressions;

namespace Charlie.EndToEnd.Tests.Command;

public sealed partial class StopTests
{
    [Theory]
    [InlineData("demo", Signal.Interrupt, 130)]
    [InlineData("demo", Signal.Terminate, 143)]
    [InlineData("serve", Signal.Interrupt, 0)]
    [InlineData("serve", Signal.Terminate, 0)]
    public async Task A_signal_ends_the_command_and_every_process_that_it_started(string command, int signal, int exitCode)
    {
        SkipIfIgnored(signal);
        await using var charlie = Start(command);
        var functions = await UntilFunctionsRunAsync(charlie);

        charlie.Send(signal);
        var end = await charlie.EndAsync();

        Assert.DoesNotContain(functions, ProcessTree.Runs);
        Assert.Equal(exitCode, end.ExitCode);
        Assert.Equal(exitCode == 0 ? [] : ["charlie: stopped before the end."], end.ErrorLines);
    }

    [Fact]
    public async Task An_empty_AWS_starts_no_function_and_says_where_it_is()
    {
        SkipIfIgnored(Signal.Interrupt);
        await using var charlie = CharlieCommand.Start("serve", "--empty", "--port", "0");
        await Poll.UntilAsync(
            "the instructions", () => Task.FromResult(charlie.Output.Contains("Ctrl-C ends it.", StringComparison.Ordinal)),
            () => Task.FromResult(charlie.ToString()));
        Assert.Empty(ProcessTree.Below(charlie.Id));

        charlie.Send(Signal.Interrupt);
        var end = await charlie.EndAsync();

        Assert.Equal((0, ""), (end.ExitCode, end.Error));
        Assert.DoesNotContain("Charlie is installed", end.Output, StringComparison.Ordinal);
        Assert.Contains("export AWS_ENDPOINT_URL=http://127.0.0.1:", end.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Signal.Interrupt, 130)]
    [InlineData(Signal.Terminate, 143)]
    public async Task A_signal_ends_a_simulation_which_says_how_far_it_came(int signal, int exitCode)
    {
        SkipIfIgnored(signal);
        await using var charlie = await SimulateAsync();

        charlie.Send(signal);
        var end = await charlie.EndAsync();

        Assert.Equal((exitCode, ""), (end.ExitCode, end.Error));
        Assert.Matches(SaysHowFar(), end.Output);
        Assert.DoesNotContain("passed", end.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_simulation_as_JSON_names_the_seeds_asked_for_and_those_that_ran()
    {
        var end = await CharlieCommand.RunAsync("simulate", "--seeds", "1..2", "--json");

        var result = System.Text.Json.Nodes.JsonNode.Parse(end.Output)!;
        Assert.Equal((0, 2, 2), (end.ExitCode, (int)result["seeds"]!, (int)result["runs"]!));
    }

    [Theory]
    [InlineData("demo")]
    [InlineData("simulate")]
    public async Task Ctrl_C_again_and_again_ends_it_at_once_and_without_a_stack_trace(string command)
    {
        SkipIfIgnored(Signal.Interrupt);
        await using var charlie = command == "demo" ? Start(command) : await SimulateAsync();
        if (command == "demo")
        {
            await UntilFunctionsRunAsync(charlie);
        }

        while (charlie.TrySend(Signal.Interrupt))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        var end = await charlie.EndAsync();
        Assert.Equal(130, end.ExitCode);
        Assert.All(end.ErrorLines, line => Assert.StartsWith("charlie: stopped ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_functions_end_by_themselves_when_the_command_is_killed()
    {
        ProcessTree.Need();
        await using var charlie = Start("serve");
        var functions = await UntilFunctionsRunAsync(charlie);

        charlie.Send(Signal.Kill);
        await charlie.EndAsync();

        await Poll.UntilAsync("the functions' processes to end", () => Task.FromResult(!functions.Any(ProcessTree.Runs)));
    }

    private static void SkipIfIgnored(int signal)
    {
        ProcessTree.Need();
        Assert.SkipWhen(ProcessTree.Ignores(signal), $"These tests were started so that signal {signal} is ignored.");
    }

    // More seeds than it can come to the end of.
    private static async Task<CharlieCommand> SimulateAsync()
    {
        var charlie = CharlieCommand.Start("simulate", "--seeds", "1..1000000");
        await Poll.UntilAsync(
            "the simulation to begin", () =>
                Task.FromResult(charlie.Output.Contains("Simulating seeds", StringComparison.Ordinal)), () =>
                Task.FromResult(charlie.ToString()));
        return charlie;
    }

    private static CharlieCommand Start(string command) =>
        command == "serve" ? CharlieCommand.Start(command, "--port", "0") : CharlieCommand.Start(command);

    private static async Task<IReadOnlyList<int>> UntilFunctionsRunAsync(CharlieCommand charlie)
    {
        IReadOnlyList<int> functions = [];
        await Poll.UntilAsync(
            "a function's process",
            () =>
            {
                functions = ProcessTree.Below(charlie.Id);
                return Task.FromResult(functions.Count > 0);
            },
            () => Task.FromResult(charlie.ToString()));
        return functions;
    }

    [GeneratedRegex(@"^Stopped after \d+ of 1000000 seeds; no violation so far\.$", RegexOptions.Multiline)]
    private static partial Regex SaysHowFar();
}
