using Charlie.Operations.Status;

namespace Charlie.Cli.Display.Operating;

/// <summary>What changed of an app from one reading to the next, a line each.</summary>
internal sealed class StatusLines
{
    private Dictionary<string, string> shown = [];

    public IReadOnlyList<string> Changes(StatusDocument status)
    {
        var now = new Dictionary<string, string> { [""] = StatusView.Headline(status) };
        if (status.LastOutcome is { } last)
        {
            now["last"] = $"release {last.Release}: {Words.Of(last.State)}{(last.By is { } by ? $" by {by}" : "")}"
                + (last.Reason is { } reason ? $": {reason}" : "");
        }

        if (status.Attempts is { } attempts)
        {
            now["attempts"] = $"{attempts.Count} machines in a row could not run it: {attempts.LastFailure}";
        }

        foreach (var instance in status.Instances)
        {
            now[instance.Id] = $"{instance.Id}  {instance.State}  {instance.Release ?? "unknown"}{Probe(instance)}";
        }

        var lines = now.Where(pair => shown.GetValueOrDefault(pair.Key) != pair.Value).Select(pair => pair.Value)
            .Concat(shown.Keys
                .Where(key => key.StartsWith("i-", StringComparison.Ordinal) && !now.ContainsKey(key))
                .Select(id => $"{id}  gone"))
            .ToList();
        shown = now;
        return lines;
    }

    private static string Probe(InstanceDocument instance) => StatusChange.KindOf(instance) is { } kind ? $"  {kind}" : "";
}
