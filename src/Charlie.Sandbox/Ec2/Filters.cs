using System.Text;
using System.Text.RegularExpressions;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Ec2;

/// <summary>
/// EC2's filters: every one must match, and one matches if any of its values does. A value may hold <c>*</c> (any
/// text), <c>?</c> (one character) and a backslash before either to mean itself.
/// </summary>
internal sealed class Filters
{
    private readonly List<(string Name, List<Regex> Values)> filters;

    private Filters(List<(string Name, List<Regex> Values)> filters) => this.filters = filters;

    /// <param name="parameters">The request.</param>
    /// <param name="known">The filters that this operation has; <c>tag:</c> stands for all of that prefix.</param>
    public static Filters Read(QueryParameters parameters, params string[] known)
    {
        var read = new List<(string, List<Regex>)>();
        foreach (var filter in parameters.Structures("Filter"))
        {
            var name = filter.Required("Name");
            if (!known.Contains(name) && !(name.StartsWith("tag:", StringComparison.Ordinal) && known.Contains("tag:")))
            {
                throw new AwsException("InvalidParameterValue", $"The filter '{name}' is invalid");
            }

            read.Add((name, [.. filter.List("Value").Select(Pattern)]));
        }

        return new Filters(read);
    }

    /// <param name="valuesOf">The values that an item has for a filter's name.</param>
    public bool Match(Func<string, IEnumerable<string>> valuesOf) =>
        filters.TrueForAll(filter => valuesOf(filter.Name).Any(value => filter.Values.Exists(pattern => pattern.IsMatch(value))));

    /// <summary>What a resource has for the filters about tags.</summary>
    public static IEnumerable<string> TagValues(string filter, ResourceTags tags) => filter switch
    {
        "tag-key" => tags.All.Keys,
        "tag-value" => tags.All.Values,
        _ => tags[filter["tag:".Length..]] is { } value ? [value] : [],
    };

    public static bool IsAboutTags(string filter) =>
        filter is "tag-key" or "tag-value" || filter.StartsWith("tag:", StringComparison.Ordinal);

    private static Regex Pattern(string value)
    {
        var pattern = new StringBuilder("^");
        for (var at = 0; at < value.Length; at++)
        {
            var sign = value[at];
            if (sign == '\\' && at + 1 < value.Length)
            {
                pattern.Append(Regex.Escape(value[++at].ToString()));
                continue;
            }

            pattern.Append(sign switch
            {
                '*' => ".*",
                '?' => ".",
                _ => Regex.Escape(sign.ToString()),
            });
        }

        return new Regex(pattern.Append('$').ToString(), RegexOptions.Singleline | RegexOptions.NonBacktracking);
    }
}
