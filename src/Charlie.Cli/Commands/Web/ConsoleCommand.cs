using System.CommandLine;
using Charlie.Cli.Commands.Operating;
using Charlie.Cli.Web.Reading;
using Charlie.Cli.Web.Serving;
using Charlie.Operations.Access;

namespace Charlie.Cli.Commands.Web;

/// <summary><c>charlie console</c>: a web page of the app on this machine.</summary>
internal static class ConsoleCommand
{
    private static readonly Option<bool> AllowActions = new("--allow-actions")
    {
        Description = "The page may put requests: roll back, hold, restart, ...; without it, it only reads",
    };

    public static Command Create(TimeProvider time)
    {
        var port = PortOption.Create(0);
        var command = AppOptions.CommandOfLines("console", "Show the app on a web page of this machine", port, AllowActions);
        command.SetAction((parsed, cancellation) => RunAsync(parsed, parsed.GetValue(port), time, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, int port, TimeProvider time, CancellationToken cancellation)
    {
        var access = AwsAccess.Find(
            parsed.GetValue(AppOptions.Profile),
            parsed.GetValue(AppOptions.Region),
            parsed.GetValue(AppOptions.Endpoint),
            Environment.GetEnvironmentVariable);
        var app = parsed.GetValue(AppOptions.App)!;

        // Who mistypes the app's name learns it here and not on the page.
        IConsoleSource source = await AwsConsoleSource.OpenAsync(access, app, takesAnyImage: true, time, cancellation);
        var isActing = parsed.GetValue(AllowActions);
        await using var server = await ConsoleServer.StartAsync(
            new FeedOptions(_ => Task.FromResult(source), FeedOptions.IntervalOf(access.IsEmbedded), isActing), port, time, cancellation);
        Console.Out.WriteLine($"""
            {app} on a page of this machine, {(isActing ? "with actions" : "read-only; --allow-actions lets it put requests")}:

            {server.Address}

            The address has a key: it is for you alone. Ctrl-C ends it.
            """);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Console.Out.WriteLine("Stopped.");
        }

        return ExitCodes.Success;
    }
}
