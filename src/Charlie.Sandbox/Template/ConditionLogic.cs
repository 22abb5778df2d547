using System.Text.Json.Nodes;

namespace Charlie.Sandbox.Template;

/// <summary>The template's conditions, and the assertions of its rules.</summary>
internal sealed class ConditionLogic(TemplateDocument document, Intrinsics intrinsics)
{
    private readonly HashSet<string> evaluating = [];

    public bool IsTrue(string name, string path)
    {
        var condition = document["Conditions"][name];
        if (condition.IsAbsent)
        {
            throw new TemplateException(path, $"there is no condition {name}");
        }

        if (!evaluating.Add(name))
        {
            throw condition.Wrong("the condition refers to itself");
        }

        var truth = Evaluate(condition);
        evaluating.Remove(name);
        return truth;
    }

    /// <summary>Checks the template's rules on its parameters.</summary>
    /// <remarks>An assertion that reads the account (<c>Fn::ValueOf</c>) cannot be checked here and is skipped.</remarks>
    public void CheckRules()
    {
        foreach (var (_, rule) in document["Rules"].Members())
        {
            rule.Only("a rule", "RuleCondition", "Assertions");
            if (!rule["RuleCondition"].IsAbsent && (ReadsTheAccount(rule["RuleCondition"].Value) || !Evaluate(rule["RuleCondition"])))
            {
                continue;
            }

            foreach (var assertion in rule["Assertions"].Elements().Where(assertion => !ReadsTheAccount(assertion["Assert"].Value)))
            {
                if (!Evaluate(assertion["Assert"]))
                {
                    throw new TemplateException(
                        rule.Path, assertion["AssertDescription"].Text() ?? "the parameters' values do not go together");
                }
            }
        }
    }

    private bool Evaluate(TemplateNode node)
    {
        if (node.Value is not JsonObject { Count: 1 } members)
        {
            return node.Text() switch { "true" => true, "false" => false, _ => throw node.Wrong("must be a condition function") };
        }

        var (function, value) = members.First();
        var argument = new TemplateNode($"{node.Path}.{function}", value);
        switch (function)
        {
            case "Condition":
                return IsTrue(argument.Required(), argument.Path);
            case "Fn::And":
                return Several(argument).All(Evaluate);
            case "Fn::Or":
                return Several(argument).Any(Evaluate);
            case "Fn::Not":
                return !Evaluate(Exactly(argument, 1)[0]);
            case "Fn::Equals":
                var pair = Exactly(argument, 2).Select(part => intrinsics.Resolve(part).Required()).ToList();
                return pair[0] == pair[1];
            case "Fn::Contains":
                var contains = Exactly(argument, 2);
                return Texts(contains[0]).Contains(intrinsics.Resolve(contains[1]).Required());
            case "Fn::EachMemberEquals":
                var equals = Exactly(argument, 2);
                return Texts(equals[0]).All(member => member == intrinsics.Resolve(equals[1]).Required());
            case "Fn::EachMemberIn":
                var within = Exactly(argument, 2);
                return Texts(within[0]).All(Texts(within[1]).Contains);
            default:
                throw argument.Wrong("is not a condition function; known are Condition, Fn::And, Fn::Or, Fn::Not, Fn::Equals, "
                    + "Fn::Contains, Fn::EachMemberEquals and Fn::EachMemberIn");
        }
    }

    private HashSet<string> Texts(TemplateNode node) => [.. intrinsics.Resolve(node).Elements().Select(element => element.Required())];

    private static List<TemplateNode> Several(TemplateNode argument)
    {
        var parts = argument.Elements().ToList();
        return parts.Count is >= 2 and <= 10 ? parts : throw argument.Wrong("must be a list of 2 to 10 conditions");
    }

    private static List<TemplateNode> Exactly(TemplateNode argument, int count)
    {
        var parts = argument.Elements().ToList();
        return parts.Count == count ? parts : throw argument.Wrong($"must be a list of {count}");
    }

    private static bool ReadsTheAccount(JsonNode? node) => node switch
    {
        JsonObject members => members.Any(member =>
            member.Key is "Fn::ValueOf" or "Fn::ValueOfAll" or "Fn::RefAll" || ReadsTheAccount(member.Value)),
        JsonArray list => list.Any(ReadsTheAccount),
        _ => false,
    };
}
