using Charlie.Sandbox.Template;

namespace Charlie.Sandbox.Server;

/// <summary>
/// What an update of a stack may change here: functions, rules, bus policies, stored parameters and outputs, and of the machine side what
/// <see cref="InfrastructureUpdate"/> changes. All else is refused, not dropped.
/// </summary>
internal static class StackUpdate
{
    /// <exception cref="TemplateException">The update would change something that the sandbox does not update.</exception>
    public static void Check(StackModel before, StackModel after)
    {
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
        ("Infrastructure", InfrastructureUpdate.FixedPart),
        ("Buses", model => Text(model.Buses)),
        ("Schedules", model => Text(model.Schedules.Select(one => one.Name))),
        ("ScheduledActions", model => Text(model.ScheduledActions)),
        ("Topics", model => Text(model.Topics) + Text(model.Subscriptions)),
        ("Queues", model => Text(model.Queues) + Text(model.LogGroups)),
        ("StoredParameters", model => Text(model.StoredParameters.Select(one => one.Name))),
        ("ApiDestinations", model => Text(model.ApiDestinations) + Text(model.Connections.Select(one => one.Name))),
        ("Roles", model => model.ApiDestinations.Count == 0 ? "" : Text(model.Roles)),
    ];

    private static string Text<T>(T value) => StackChanges.Text(value);
}
