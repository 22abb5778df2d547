using System.Xml.Linq;
using Charlie.Operations.Access;

namespace Charlie.Operations.Setup;

/// <summary>Reads the account's stacks.</summary>
internal sealed class StacksReader(SignedClient client)
{
    /// <summary>Every stack of the region.</summary>
    /// <exception cref="AwsCallException">AWS refused it, or did not respond.</exception>
    public async Task<IReadOnlyList<StackFacts>> ReadAsync(CancellationToken cancellation)
    {
        var stacks = new List<StackFacts>();
        string? page = null;
        do
        {
            var arguments = new Dictionary<string, string>();
            if (page is not null)
            {
                arguments["NextToken"] = page;
            }

            var response = await client.QueryAsync("cloudformation", "2010-05-15", "DescribeStacks", arguments, cancellation);
            var result = Child(response, "DescribeStacksResult");
            stacks.AddRange(Members(result, "Stacks").Select(stack => new StackFacts(
                Text(stack, "StackName"), Pairs(stack, "Parameters", "Parameter"), Pairs(stack, "Outputs", "Output"))));
            page = Child(result, "NextToken")?.Value;
        }
        while (!string.IsNullOrEmpty(page));
        return stacks;
    }

    private static Dictionary<string, string> Pairs(XElement stack, string list, string kind)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in Members(stack, list))
        {
            pairs[Text(member, $"{kind}Key")] = Text(member, $"{kind}Value");
        }

        return pairs;
    }

    private static IEnumerable<XElement> Members(XElement? element, string list) =>
        Child(element, list)?.Elements().Where(member => member.Name.LocalName == "member") ?? [];

    private static string Text(XElement element, string name) => Child(element, name)?.Value ?? "";

    private static XElement? Child(XElement? element, string name) =>
        element?.Elements().FirstOrDefault(child => child.Name.LocalName == name);
}
