using System.Text.Json;
using System.Text.Json.Nodes;

namespace Charlie.Operations.Doctor;

/// <summary>What requests, reports and alerts pass through.</summary>
internal static class EventChecks
{
    private static readonly string[] Statements =
        ["AllowCi", "AllowOps", "DenyCiSource", "DenyOpsSource", "DenyOtherSources", "DenyOthers"];

    private const string Update = "Update the stack: it makes it again.";

    public static IEnumerable<Finding> Of(DoctorFacts facts) => [.. Bus(facts), .. Rules(facts), .. Alerts(facts)];

    private static IEnumerable<Finding> Bus(DoctorFacts facts)
    {
        if (facts.Bus is not { } bus)
        {
            yield break;
        }

        foreach (var missing in Statements.Except(StatementsOf(bus.Policy)))
        {
            yield return new Finding(
                "events",
                "BusPolicy",
                $"The policy of bus {facts.Stack.Bus} has no statement {missing}: who may put what is not as the stack says.",
                Update);
        }
    }

    private static IEnumerable<Finding> Rules(DoctorFacts facts)
    {
        if (facts.Rules is not { } rules)
        {
            yield break;
        }

        var ours = rules.Where(rule => rule.Targets.Any(target => IsOurs(target, facts)) || rule.Bus == facts.Stack.Bus).ToList();
        foreach (var rule in ours.Where(rule => !rule.IsEnabled))
        {
            yield return new Finding(
                "events",
                "RuleDisabled",
                $"Rule {rule.Name} is disabled.",
                $"aws events enable-rule --name {rule.Name} --event-bus-name {rule.Bus}");
        }

        foreach (var rule in ours.Where(rule => rule.Targets.Count == 0))
        {
            yield return new Finding("events", "RuleWithoutTarget", $"Rule {rule.Name} has no target.", Update);
        }

        foreach (var (function, name) in ((string, string)[])[(facts.Stack.Refresh, "Refresh"), (facts.Stack.Lifecycle, "Lifecycle")])
        {
            var its = ours.Where(rule => rule.Targets.Any(target => IsOf(target, function))).ToList();
            if (!its.Exists(rule => rule.Schedule is not null))
            {
                yield return new Finding("events", "SweepMissing", $"No schedule runs {name}: what is lost is never made up for.", Update);
            }

            if (!its.Exists(rule => rule.Bus == facts.Stack.Bus))
            {
                yield return new Finding("events", "BusRuleMissing", $"No rule of bus {facts.Stack.Bus} runs {name}.", Update);
            }
        }

        var launches = ours.Where(rule => rule is { Bus: "default", Schedule: null });
        if (!launches.Any(rule => rule.Targets.Any(target => IsOf(target, facts.Stack.Lifecycle))))
        {
            yield return new Finding(
                "events", "LaunchRuleMissing", "No rule tells Lifecycle of launches: it learns of them from its sweep only.", Update);
        }

        if (!ours.Exists(rule => rule.Bus == facts.Stack.Bus && rule.Targets.Any(target => IsOf(target, facts.Stack.Notify))))
        {
            yield return new Finding("alerts", "AlertRulesMissing", "No rule of the bus runs Notify, which sends the alerts.", Update);
        }
    }

    private static IEnumerable<Finding> Alerts(DoctorFacts facts)
    {
        if (facts.Subscriptions is { Count: 0 })
        {
            yield return new Finding(
                "alerts",
                "NobodyIsTold",
                "The alert topic has no subscription: nobody is notified of anything.",
                $"aws sns subscribe --topic-arn {facts.Stack.Topic} --protocol email --notification-endpoint ops@example.com");
        }

        foreach (var pending in (facts.Subscriptions ?? []).Where(subscription => !subscription.IsConfirmed))
        {
            yield return new Finding(
                "alerts",
                "SubscriptionPending",
                $"{pending.Endpoint} has not confirmed its subscription.",
                "Confirm it in the mail that SNS sent.");
        }

        if (facts.DeadLetters is > 0 and var waiting)
        {
            yield return new Finding(
                "alerts",
                "DeadLetters",
                $"{waiting} events were given up and wait in {facts.Stack.Queue}.",
                $"aws sqs receive-message --queue-url {facts.Stack.Queue}");
        }
    }

    private static bool IsOurs(string target, DoctorFacts facts) =>
        IsOf(target, facts.Stack.Refresh) || IsOf(target, facts.Stack.Lifecycle);

    private static bool IsOf(string target, string function) => target.EndsWith($":function:{function}", StringComparison.Ordinal);

    private static IEnumerable<string> StatementsOf(string? policy)
    {
        try
        {
            return policy is null ? []
                : [.. JsonNode.Parse(policy)!["Statement"]!.AsArray().Select(statement => (string?)statement!["Sid"] ?? "")];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or NullReferenceException)
        {
            return [];
        }
    }
}
