using System.Text.Json;
using System.Text.Json.Nodes;
using Charlie.Lambdas.Decisions;
using Charlie.Operations;
using Charlie.Operations.Access;
using Charlie.Operations.Reading;
using Charlie.Operations.Requests;
using Charlie.Operations.Stack;
using Charlie.Sandbox.Context;

namespace Charlie.Cli.Web.Reading;

/// <summary>An app on an account or on an embedded AWS, read as <c>charlie status</c> reads it.</summary>
internal sealed class AwsConsoleSource : IConsoleSource
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private readonly AwsAccess access;
    private readonly SignedClient client;
    private readonly AppReader reader;
    private readonly EventBus bus;
    private readonly EmbeddedControl? control;

    private AwsConsoleSource(AwsAccess access, SignedClient client, StackDescription stack, bool takesAnyImage, TimeProvider time)
    {
        (this.access, this.client) = (access, client);
        reader = new AppReader(stack, access, time);
        bus = new EventBus(client, stack.Bus);
        control = access.IsEmbedded ? new EmbeddedControl(access, "console") : null;
        App = new ConsoleApp(stack, access.Region, access.IsEmbedded ? access.Endpoint : null, takesAnyImage);
    }

    public ConsoleApp App { get; }

    /// <summary>Finds the app's stack.</summary>
    /// <param name="takesAnyImage">See <see cref="ConsoleApp.TakesAnyImage"/>.</param>
    /// <exception cref="OperationException">There is none here.</exception>
    public static async Task<AwsConsoleSource> OpenAsync(
        AwsAccess access, string app, bool takesAnyImage, TimeProvider time, CancellationToken cancellation)
    {
        var client = new SignedClient(access, time);
        try
        {
            var stack = await new StackReader(client).ReadAsync(app, cancellation);
            return new AwsConsoleSource(access, client, stack, takesAnyImage, time);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    public Task<Snapshot> ReadAsync() => reader.ReadToShowAsync(access.IsEmbedded);

    public async Task<(IReadOnlyList<TimelineEntry> Entries, int Next)> ReadTimelineAsync(int from, CancellationToken cancellation)
    {
        if (control is null)
        {
            return ([], from);
        }

        var page = await control.ReadAsync($"timeline?from={from}", cancellation);
        return (page["entries"].Deserialize<TimelineEntry[]>(Web) ?? [], (int)page["next"]!);
    }

    public async Task PutAsync(OperatorEvent put, CancellationToken cancellation) => await bus.PutAsync(put, cancellation);

    public Task SetImageAsync(string digest, JsonObject setting, CancellationToken cancellation) =>
        Embedded().SetImageAsync(digest, setting, cancellation);

    public Task PostAsync(string route, JsonObject body, CancellationToken cancellation) =>
        Embedded().PostAsync(route, body, cancellation);

    public void Dispose()
    {
        control?.Dispose();
        reader.Dispose();
        client.Dispose();
    }

    private EmbeddedControl Embedded() => control ?? throw new OperationException("That is for the embedded AWS only.");
}
