using System.Text.Json;
using Charlie.Sandbox.EventBridge;
using Charlie.Sandbox.Lambda;

namespace Charlie.Sandbox.Template;

/// <summary>
/// Brings functions, rules and bus policies from what a stack's template said to what it says now; what is equal is not touched.
/// </summary>
internal static class StackChanges
{
    /// <summary>Called under the cloud's lock.</summary>
    public static void Apply(StackModel before, StackModel after, EventRouter events, Functions functions)
    {
        foreach (var function in before.Functions.Where(one => after.Functions.All(other => other.Name != one.Name)))
        {
            functions.Delete(function);
        }

        foreach (var function in Changed(before.Functions, after.Functions))
        {
            functions.Create(function);
        }

        foreach (var rule in before.Rules.Where(one => after.Rules.All(other => KeyOf(other) != KeyOf(one))))
        {
            if (events.FindBus(rule.BusName) is { } bus && bus.Rules.TryGetValue(rule.Settings.Name, out var made))
            {
                EventRouter.DeleteRule(bus, made);
            }
        }

        Stack.MakePolicies(after, events);
        foreach (var rule in Changed(before.Rules, after.Rules))
        {
            Put(rule, events);
        }
    }

    /// <summary>What says something else than before, or was not there.</summary>
    public static IEnumerable<T> Changed<T>(IEnumerable<T> before, IEnumerable<T> after)
    {
        var known = before.Select(Text).ToHashSet(StringComparer.Ordinal);
        return [.. after.Where(one => !known.Contains(Text(one)))];
    }

    /// <summary>A text that is equal for equal parts of two models.</summary>
    public static string Text<T>(T value) => JsonSerializer.Serialize(value);

    private static (string Bus, string Name) KeyOf(RuleModel rule) => (rule.BusName, rule.Settings.Name);

    private static void Put(RuleModel rule, EventRouter events)
    {
        var made = events.PutRule(events.FindBus(rule.BusName)!, rule.Settings);
        foreach (var target in made.Targets.Where(one => rule.Targets.All(other => other.Id != one.Id)).ToList())
        {
            made.Remove(target.Id);
        }

        foreach (var target in rule.Targets)
        {
            made.Put(target);
        }
    }
}
