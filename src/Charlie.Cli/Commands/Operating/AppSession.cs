using System.CommandLine;
using Charlie.Cli.Display;
using Charlie.Cli.Display.Operating.Texts;
using Charlie.Lambdas;
using Charlie.Lambdas.Decisions;
using Charlie.Operations;
using Charlie.Operations.Access;
using Charlie.Operations.Reading;
using Charlie.Operations.Requests;
using Charlie.Operations.Stack;
using Spectre.Console;

namespace Charlie.Cli.Commands.Operating;

/// <summary>One command's connection to one app: its stack, its reader and its bus.</summary>
internal sealed class AppSession : IDisposable
{
    private readonly SignedClient client;

    private AppSession(ParseResult parsed, AwsAccess access, SignedClient client, StackDescription stack, TimeProvider time)
    {
        (this.client, Access, Stack, Time, IsJson) = (client, access, stack, time, parsed.GetValue(AppOptions.Json));
        Reader = new AppReader(stack, access, time);
        Bus = new EventBus(client, stack.Bus);
        Console = Screen.Open();
        Texts = Languages.Choose(parsed.GetValue(AppOptions.Language), Environment.GetEnvironmentVariable);
    }

    public AwsAccess Access { get; }

    public StackDescription Stack { get; }

    public AppReader Reader { get; }

    public EventBus Bus { get; }

    public TimeProvider Time { get; }

    public IAnsiConsole Console { get; }

    public ITexts Texts { get; }

    public bool IsJson { get; }

    public SignedClient Client => client;

    public Settings Settings => Stack.Settings;

    public string App => Stack.Settings.App;

    public int Width => Console.Profile.Width;

    /// <summary>Whether a person can be asked and shown a view that is drawn again.</summary>
    public static bool IsTerminal => !System.Console.IsOutputRedirected && !System.Console.IsInputRedirected;

    /// <summary>Finds the app's stack.</summary>
    /// <exception cref="OperationException">There is none, or nobody's credentials.</exception>
    public static async Task<AppSession> OpenAsync(ParseResult parsed, TimeProvider time, CancellationToken cancellation)
    {
        var access = AwsAccess.Find(
            parsed.GetValue(AppOptions.Profile),
            parsed.GetValue(AppOptions.Region),
            parsed.GetValue(AppOptions.Endpoint),
            Environment.GetEnvironmentVariable);
        var client = new SignedClient(access, time);
        try
        {
            var stack = await new StackReader(client).ReadAsync(parsed.GetValue(AppOptions.App)!, cancellation);
            return new AppSession(parsed, access, client, stack, time);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Reads everything, probes the instances that this machine reaches, and asks a group that is down why.</summary>
    public Task<Snapshot> ReadAsync() => Reader.ReadToShowAsync(Access.IsEmbedded);

    public void Dispose()
    {
        Reader.Dispose();
        client.Dispose();
    }
}
