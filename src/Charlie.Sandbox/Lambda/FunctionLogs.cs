namespace Charlie.Sandbox.Lambda;

/// <summary>What functions wrote to their standard output and error; may be written and read from any thread.</summary>
public sealed class FunctionLogs
{
    /// <summary>Older lines of a function are forgotten beyond this; a sandbox that stays up must not grow without end.</summary>
    private const int MaximumLines = 10_000;

    /// <summary>CloudWatch's own limit of an event is 1 MB; a line of a function that is longer than this is cut.</summary>
    private const int MaximumLength = 64 * 1024;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Queue<Line>> byFunction = [];

    /// <param name="requestId">The invocation that was running, if one was.</param>
    public void Write(string function, string? requestId, string text)
    {
        lock (gate)
        {
            if (!byFunction.TryGetValue(function, out var lines))
            {
                byFunction[function] = lines = new Queue<Line>();
            }

            lines.Enqueue(new Line(requestId, text.Length <= MaximumLength ? text : text[..MaximumLength]));
            if (lines.Count > MaximumLines)
            {
                lines.Dequeue();
            }
        }
    }

    /// <summary>The lines of a function by its name, oldest first.</summary>
    public IReadOnlyList<string> OfFunction(string name)
    {
        lock (gate)
        {
            return byFunction.TryGetValue(name, out var lines) ? [.. lines.Select(line => line.Text)] : [];
        }
    }

    /// <summary>The lines written while an event's attempts ran.</summary>
    public IReadOnlyList<string> OfRequest(string requestId)
    {
        lock (gate)
        {
            return [.. byFunction.Values.SelectMany(lines => lines).Where(line => line.RequestId == requestId).Select(line => line.Text)];
        }
    }

    private sealed record Line(string? RequestId, string Text);
}
