using Charlie.Cli.Display.Operating.Texts;
using Charlie.Operations.Status;

namespace Charlie.Cli.Display.Operating;

/// <summary>What changed of an app from one reading to the next, a line each.</summary>
internal sealed class StatusLines(ITexts texts)
{
    private Dictionary<string, string> shown = [];

    public IReadOnlyList<string> Changes(StatusDocument status)
    {
        var now = new Dictionary<string, string> { [""] = StatusView.Headline(status, texts) };
        if (status.LastOutcome is { } last)
        {
            now["last"] = $"release {last.Release}: {texts.Outcome(last)}";
        }

        if (status.Attempts is { } attempts)
        {
            now["attempts"] = texts.Failing(attempts);
        }

        foreach (var instance in status.Instances)
        {
            now[instance.Id] = $"{instance.Id}  {instance.State}  {instance.Release ?? texts.Unknown}{Probe(instance)}";
        }

        var lines = now.Where(pair => shown.GetValueOrDefault(pair.Key) != pair.Value).Select(pair => pair.Value)
            .Concat(shown.Keys
                .Where(key => key.StartsWith("i-", StringComparison.Ordinal) && !now.ContainsKey(key))
                .Select(id => $"{id}  {texts.Gone}"))
            .ToList();
        shown = now;
        return lines;
    }

    private string Probe(InstanceDocument instance) => StatusChange.KindOf(instance) is { } kind ? $"  {texts.Probe(kind)}" : "";
}
