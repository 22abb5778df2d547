using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Ec2;

/// <summary>
/// EC2's filters: every one must match, and one matches if any of its values does. A value may hold <c>*</c> (any
/// text), <c>?</c> (one character) and a backslash before either to mean itself.
/// </summary>
internal sealed class Filters
{
    private readonly List<(string Name, IReadOnlyList<string> Values)> filters;

    private Filters(List<(string Name, IReadOnlyList<string> Values)> filters) => this.filters = filters;

    /// <param name="parameters">The request.</param>
    /// <param name="known">The filters that this operation has; <c>tag:</c> stands for all of that prefix.</param>
    public static Filters Read(QueryParameters parameters, params string[] known)
    {
        var read = new List<(string, IReadOnlyList<string>)>();
        foreach (var filter in parameters.Structures("Filter"))
        {
            var name = filter.Required("Name");
            if (!known.Contains(name) && !(name.StartsWith("tag:", StringComparison.Ordinal) && known.Contains("tag:")))
            {
                throw new AwsException("InvalidParameterValue", $"The filter '{name}' is invalid");
            }

            read.Add((name, filter.List("Value")));
        }

        return new Filters(read);
    }

    public bool IsEmpty => filters.Count == 0;

    /// <param name="valuesOf">The values that an item has for a filter's name.</param>
    public bool Match(Func<string, IEnumerable<string>> valuesOf) =>
        filters.TrueForAll(filter => valuesOf(filter.Name).Any(text => filter.Values.Any(value => Fits(text, value))));

    /// <summary>What a resource has for the filters about tags.</summary>
    public static IEnumerable<string> TagValues(string filter, ResourceTags tags) => filter switch
    {
        "tag-key" => tags.All.Keys,
        "tag-value" => tags.All.Values,
        _ => tags[filter["tag:".Length..]] is { } value ? [value] : [],
    };

    public static bool IsAboutTags(string filter) =>
        filter is "tag-key" or "tag-value" || filter.StartsWith("tag:", StringComparison.Ordinal);

    /// <summary>Whether a text fits a value as a whole. Backtracks to the last asterisk only, so that no value takes long.</summary>
    private static bool Fits(string text, string value)
    {
        var (at, place) = (0, 0);
        var (asterisk, resume) = (-1, 0);
        while (at < text.Length)
        {
            if (place < value.Length && value[place] == '*')
            {
                (asterisk, resume) = (place++, at);
                continue;
            }

            var escaped = place + 1 < value.Length && value[place] == '\\';
            if (place < value.Length && (escaped ? value[place + 1] == text[at] : value[place] == '?' || value[place] == text[at]))
            {
                (place, at) = (place + (escaped ? 2 : 1), at + 1);
            }
            else if (asterisk >= 0)
            {
                (place, at) = (asterisk + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        return value.AsSpan(place).TrimStart('*').IsEmpty;
    }
}
