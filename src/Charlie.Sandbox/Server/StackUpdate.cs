using System.Text.Json;
using Charlie.Sandbox.Template;

namespace Charlie.Sandbox.Server;

/// <summary>What an update of a stack may change here: stored parameters and outputs. All else is refused, not dropped.</summary>
internal static class StackUpdate
{
    /// <exception cref="TemplateException">The update would change something that the sandbox does not update.</exception>
    public static void Check(StackModel before, StackModel after, bool isSameTemplate)
    {
        if (!isSameTemplate)
        {
            throw new TemplateException("Template", "the sandbox updates the parameters of a stack, and not its template");
        }

        foreach (var (name, of) in Parts)
        {
            if (of(before) != of(after))
            {
                throw new TemplateException(name, "the sandbox does not update them; delete the stack, and make it anew");
            }
        }
    }

    private static IEnumerable<(string Name, Func<StackModel, string> Of)> Parts =>
    [
        ("Infrastructure", model => Text(model.Infrastructure)),
        ("Functions", model => Text(model.Functions)),
        ("Buses", model => Text(model.Buses)),
        ("Schedules", model => Text(model.Schedules.Select(one => one.Name))),
        ("ScheduledActions", model => Text(model.ScheduledActions)),
        ("Topics", model => Text(model.Topics) + Text(model.Subscriptions)),
        ("Queues", model => Text(model.Queues) + Text(model.LogGroups)),
    ];

    private static string Text<T>(T value) => JsonSerializer.Serialize(value);
}
