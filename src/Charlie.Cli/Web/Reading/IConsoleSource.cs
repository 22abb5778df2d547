using System.Text.Json.Nodes;
using Charlie.Lambdas.Decisions;
using Charlie.Operations.Requests;
using Charlie.Sandbox.Context;

namespace Charlie.Cli.Web.Reading;

/// <summary>What the page reads an app from, and asks for changes.</summary>
internal interface IConsoleSource : IDisposable
{
    ConsoleApp App { get; }

    /// <summary>Reads everything, and probes the instances that this machine reaches.</summary>
    Task<Snapshot> ReadAsync();

    /// <summary>The embedded AWS's timeline from a position on, and the position after it; nothing of an account.</summary>
    Task<(IReadOnlyList<TimelineEntry> Entries, int Next)> ReadTimelineAsync(int from, CancellationToken cancellation);

    /// <summary>Puts an event on the app's bus.</summary>
    Task PutAsync(OperatorEvent put, CancellationToken cancellation);

    /// <summary>Sets what an image does on the embedded AWS.</summary>
    Task SetImageAsync(string digest, JsonObject setting, CancellationToken cancellation);

    /// <summary>Posts to a control route of the embedded AWS.</summary>
    Task PostAsync(string route, JsonObject body, CancellationToken cancellation);
}
