using Charlie.EndToEnd.Tests.Command;
using Charlie.EndToEnd.Tests.Serve;

namespace Charlie.EndToEnd.Tests.Operating;

/// <summary>The question before a request.</summary>
public sealed class QuestionTests
{
    private const int Interrupt = 2;

    [Fact]
    public async Task Ctrl_C_at_the_question_ends_the_command_and_nothing_is_put()
    {
        Tool.Need("script");
        Assert.SkipWhen(ProcessTree.Ignores(Interrupt), "this test was started to ignore Ctrl-C");
        await using var served = await ServedAws.StartAsync();
        using var terminal = TerminalCommand.Start(served, "restart", "-m", "why");
        await terminal.ExpectAsync("Put the request?");
        await terminal.TypeAsync(TerminalCommand.CtrlC);
        Assert.Equal(130, await terminal.EndAsync());
        Assert.DoesNotContain(await served.ReportsAsync(), report => (string?)report["outcome"] == "Started");
    }
}
