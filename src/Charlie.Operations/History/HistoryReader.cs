using Charlie.Operations.Access;
using Charlie.Operations.Reading;
using Charlie.Operations.Stack;

namespace Charlie.Operations.History;

/// <summary>Reads the records, and the log of the reports where they name fewer releases than are wanted.</summary>
internal sealed class HistoryReader(StackDescription stack, AppReader reader, SignedClient client)
{
    /// <param name="most">How many releases at most.</param>
    /// <exception cref="OperationException">The records cannot be read. What the log does not say is no error.</exception>
    public async Task<HistoryDocument> ReadAsync(int most, CancellationToken cancellation)
    {
        var history = HistoryDocument.Of(stack.Settings.App, await reader.ReadAsync(), most);
        if (history.Releases.Count >= most || stack.ReportLogs is not { } log)
        {
            return history;
        }

        try
        {
            return history.With(await new ReportLog(log, client).ReadAsync(history.At, most, cancellation), most);
        }
        catch (AwsCallException error)
        {
            return history with { Unread = error.Message };
        }
    }
}
