using System.Globalization;

namespace Charlie.Sandbox.Wire;

/// <summary>
/// The flattened parameters of the Query protocol (<c>Filter.1.Value.2=x</c>) as the tree they stand for. A list is a
/// node whose children have numbers for names, with or without AWS's <c>member</c> in between.
/// </summary>
public sealed class ParameterNode
{
    /// <summary>No AWS shape nests deeper; it keeps a hostile name from exhausting the stack.</summary>
    private const int DeepestName = 24;

    private readonly OrderedDictionary<string, ParameterNode> children = new(StringComparer.Ordinal);

    public string? Value { get; private set; }

    public IReadOnlyDictionary<string, ParameterNode> Children => children;

    public ParameterNode? this[string name] => children.GetValueOrDefault(name);

    public bool IsList => children.Count > 0 && children.Keys.All(IsIndex);

    /// <summary>The elements of a list, in the order of their numbers.</summary>
    public IReadOnlyList<ParameterNode> Items
    {
        get
        {
            var list = this["member"] ?? this;
            var (items, last, isSorted) = (new List<(int Number, ParameterNode Node)>(list.children.Count), 0, true);
            foreach (var (name, child) in list.children)
            {
                if (IsIndex(name))
                {
                    var number = int.Parse(name, CultureInfo.InvariantCulture);
                    isSorted &= number >= last;
                    last = number;
                    items.Add((number, child));
                }
            }

            return isSorted ? items.ConvertAll(item => item.Node) : [.. items.OrderBy(item => item.Number).Select(item => item.Node)];
        }
    }

    public static ParameterNode Leaf(string value) => new() { Value = value };

    public static ParameterNode Parse(IReadOnlyDictionary<string, string> parameters)
    {
        var root = new ParameterNode();
        foreach (var (name, value) in parameters)
        {
            var path = name.Split('.');
            if (path.Length > DeepestName || path.Contains(string.Empty))
            {
                throw new AwsException("MalformedQueryString", $"The query string contains a syntax error at {Shorten(name)}");
            }

            root.Descend(path).Value = value;
        }

        return root;
    }

    /// <summary>A structure with this one's members, of which those that the other has are replaced as a whole.</summary>
    public ParameterNode ReplacedBy(ParameterNode other)
    {
        var merged = new ParameterNode();
        foreach (var (name, child) in children.Concat(other.children))
        {
            merged.children[name] = child;
        }

        return merged;
    }

    private static bool IsIndex(string name) => name.Length is > 0 and < 7 && name.All(char.IsAsciiDigit);

    private static string Shorten(string name) => name.Length <= 64 ? name : $"{name[..64]}...";

    private ParameterNode Descend(string[] path)
    {
        var node = this;
        foreach (var step in path)
        {
            if (!node.children.TryGetValue(step, out var child))
            {
                child = new ParameterNode();
                node.children.Add(step, child);
            }

            node = child;
        }

        return node;
    }
}
