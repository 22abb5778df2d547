using YamlDotNet.RepresentationModel;

namespace Charlie.Machine.Tests;

/// <summary>What <c>infrastructure/production.template</c> lets an instance do.</summary>
internal static class InstanceRole
{
    /// <param name="conditions">The template's conditions that hold.</param>
    /// <returns>The actions, in order.</returns>
    public static IEnumerable<string> Actions(params string[] conditions)
    {
        var stream = new YamlStream();
        using var reader = new StreamReader(Path.Combine(AppContext.BaseDirectory, "infrastructure", "production.template"));
        stream.Load(reader);
        var policies = (YamlSequenceNode)stream.Documents[0].RootNode["Resources"]["InstanceRole"]["Properties"]["Policies"];
        return policies
            .SelectMany(policy => (YamlSequenceNode)policy["PolicyDocument"]["Statement"])
            .Select(statement =>
                statement is YamlSequenceNode choice ? (Condition: choice[0].ToString(), Statement: choice[1])
                : (Condition: "", Statement: statement))
            .Where(one => one.Condition.Length == 0 || conditions.Contains(one.Condition))
            .SelectMany(one => one.Statement["Action"] is YamlSequenceNode many ? many.Select(action => action.ToString())
                : [one.Statement["Action"].ToString()])
            .Distinct()
            .Order(StringComparer.Ordinal);
    }
}
