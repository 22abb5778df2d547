using System.Text.Json.Nodes;
using Charlie.Cli.Web.Reading;
using Charlie.EndToEnd.Tests.Operating;
using Charlie.Lambdas.Decisions;
using Charlie.Operations;
using Charlie.Operations.Requests;
using Charlie.Sandbox.Context;

namespace Charlie.EndToEnd.Tests.Web;

/// <summary>An app that is whatever a test says, and that keeps what was asked of it.</summary>
internal sealed class FakeSource(Snapshot snapshot, Uri? embedded = null, IReadOnlyList<TimelineEntry>? timeline = null) : IConsoleSource
{
    public List<OperatorEvent> Put { get; } = [];

    public List<string> Posted { get; } = [];

    public Snapshot Snapshot { get; set; } = snapshot;

    public ConsoleApp App { get; } = new(Examples.Stack(), "sa-east-1", embedded, TakesAnyImage: true);

    /// <summary>Why no reading succeeds; <c>null</c> where each does.</summary>
    public string? Failure { get; set; }

    public Task<Snapshot> ReadAsync() =>
        Failure is { } failure ? throw new OperationException(failure) : Task.FromResult(Snapshot);

    public Task<(IReadOnlyList<TimelineEntry> Entries, int Next)> ReadTimelineAsync(int from, CancellationToken cancellation)
    {
        var all = timeline ?? [];
        return Task.FromResult<(IReadOnlyList<TimelineEntry>, int)>(([.. all.Skip(from)], all.Count));
    }

    public Task PutAsync(OperatorEvent put, CancellationToken cancellation)
    {
        Put.Add(put);
        return Task.CompletedTask;
    }

    public Task SetImageAsync(string digest, JsonObject setting, CancellationToken cancellation)
    {
        Posted.Add($"{digest} {setting.ToJsonString()}");
        return Task.CompletedTask;
    }

    public Task PostAsync(string route, JsonObject body, CancellationToken cancellation)
    {
        Posted.Add($"{route} {body.ToJsonString()}");
        return Task.CompletedTask;
    }

    public void Dispose()
    {
    }
}
