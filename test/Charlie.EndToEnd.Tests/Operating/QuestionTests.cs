using System.Diagnostics;
using System.Text;
using Charlie.EndToEnd.Tests.Command;
using Charlie.EndToEnd.Tests.Serve;

namespace Charlie.EndToEnd.Tests.Operating;

/// <summary>The question before a request, on a terminal that <c>script</c> makes.</summary>
public sealed class QuestionTests
{
    private const string CtrlC = "\u0003";
    private const int Interrupt = 2;

    [Fact]
    public async Task Ctrl_C_at_the_question_ends_the_command_and_nothing_is_put()
    {
        Tool.Need("script");
        Assert.SkipWhen(ProcessTree.Ignores(Interrupt), "this test was started to ignore Ctrl-C");
        await using var served = await ServedAws.StartAsync();
        var start = new ProcessStartInfo("script", ["-qec", CharlieCommand.LineOf("restart", "-m", "why"), "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AWS_ENDPOINT_URL"] = served.Endpoint.ToString().TrimEnd('/');
        start.Environment["AWS_ACCESS_KEY_ID"] = OperatingCommand.AccessKey;
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "not-a-secret";
        using var terminal = Tool.Start(start);
        Assert.Contains("Put the request?", await ReadAsync(terminal, "Put the request?"), StringComparison.Ordinal);
        await terminal.StandardInput.WriteAsync(CtrlC);
        await terminal.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(Poll.Timeout);
        await terminal.WaitForExitAsync(timeout.Token);
        Assert.Equal(130, terminal.ExitCode);
        Assert.DoesNotContain(await served.ReportsAsync(), report => (string?)report["outcome"] == "Started");
    }

    private static async Task<string> ReadAsync(Process terminal, string end)
    {
        var (read, buffer) = (new StringBuilder(), new char[256]);
        while (!read.ToString().Contains(end, StringComparison.Ordinal))
        {
            var count = await terminal.StandardOutput.ReadAsync(buffer.AsMemory(), TestContext.Current.CancellationToken);
            if (count == 0)
            {
                break;
            }

            read.Append(buffer, 0, count);
        }

        return read.ToString();
    }
}
