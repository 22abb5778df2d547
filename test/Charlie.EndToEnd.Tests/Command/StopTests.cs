namespace Charlie.EndToEnd.Tests.Command;

public sealed class StopTests
{
    [Theory]
    [InlineData("demo", CharlieCommand.Interrupt, 1)]
    [InlineData("serve", CharlieCommand.Interrupt, 0)]
    [InlineData("serve", CharlieCommand.Terminate, 0)]
    public async Task A_signal_ends_the_command_and_every_process_that_it_started(string command, int signal, int exitCode)
    {
        ProcessTree.Need();
        Assert.SkipWhen(ProcessTree.Ignores(signal), $"these tests were started so that signal {signal} is ignored");
        await using var charlie = Start(command);
        var functions = await UntilFunctionsRunAsync(charlie);

        charlie.Signal(signal);
        var end = await charlie.EndAsync();

        Assert.DoesNotContain(functions, ProcessTree.Runs);
        Assert.Equal(exitCode, end.ExitCode);
        Assert.Equal(exitCode == 0 ? [] : ["charlie: stopped before the end."], end.ErrorLines);
    }

    [Fact]
    public async Task The_functions_end_by_themselves_when_the_command_is_killed()
    {
        ProcessTree.Need();
        await using var charlie = Start("serve");
        var functions = await UntilFunctionsRunAsync(charlie);

        charlie.Signal(CharlieCommand.Kill);
        await charlie.EndAsync();

        await Patience.UntilAsync("the functions' processes to end", () => Task.FromResult(!functions.Any(ProcessTree.Runs)));
    }

    private static CharlieCommand Start(string command) => command == "serve" ? CharlieCommand.Start(command, "--port", "0") : CharlieCommand.Start(command);

    private static async Task<IReadOnlyList<int>> UntilFunctionsRunAsync(CharlieCommand charlie)
    {
        IReadOnlyList<int> functions = [];
        await Patience.UntilAsync(
            "a function's process",
            () =>
            {
                functions = ProcessTree.Below(charlie.Id);
                return Task.FromResult(functions.Count > 0);
            },
            () => Task.FromResult(charlie.ToString()));
        return functions;
    }
}
