using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Ec2;

/// <summary>The tags of one resource, and EC2's limits on them.</summary>
public sealed class ResourceTags
{
    private const string Reserved = "aws:";
    private const int MaxTags = 50;
    private const int MaxKey = 128;
    private const int MaxValue = 256;

    // At most 50 and some of AWS's own, read far more often than written: an array is faster than a tree.
    private readonly SortedList<string, string> tags = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> All => tags;

    /// <summary>Grows with each write.</summary>
    internal int Writes { get; private set; }

    public string? this[string key] => tags.GetValueOrDefault(key);

    /// <summary>Puts a tag that AWS itself writes: reserved keys are allowed and not counted.</summary>
    internal void PutOwn(string key, string value)
    {
        tags[key] = value;
        Writes++;
    }

    internal void Put(IReadOnlyDictionary<string, string> added)
    {
        CheckRoom(added);
        foreach (var (key, value) in added)
        {
            PutOwn(key, value);
        }
    }

    /// <summary>Whether these tags fit beside those that are there; EC2 checks all resources before it writes to the first.</summary>
    internal void CheckRoom(IReadOnlyDictionary<string, string> added)
    {
        var count = tags.Keys.Union(added.Keys).Count(key => !IsReserved(key));
        if (count > MaxTags)
        {
            throw new AwsException("TagLimitExceeded", "The maximum number of Tags for a resource has been reached.");
        }
    }

    /// <summary>Removes a tag, with a value only where the tag has it.</summary>
    internal void Remove(string key, string? value)
    {
        if (value is null || this[key] == value)
        {
            tags.Remove(key);
            Writes++;
        }
    }

    internal static bool IsReserved(string key) => key.StartsWith(Reserved, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads <c>Tag.n.Key</c> and <c>Tag.n.Value</c> and checks each tag by itself.</summary>
    internal static Dictionary<string, string> Read(IReadOnlyList<QueryParameters> list)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in list)
        {
            var key = tag.Text("Key") is { Length: > 0 } text ? text : throw Ec2Errors.Instance.Missing("Tag.Key");
            var value = tag.Text("Value") ?? string.Empty;
            Check(key, value);
            if (!read.TryAdd(key, value))
            {
                throw new AwsException("InvalidParameterValue", $"Duplicate tag key '{key}' specified.");
            }
        }

        return read;
    }

    internal static void Write(XmlResponse xml, IReadOnlyDictionary<string, string> tags) =>
        xml.List("tagSet", "item", tags, tag =>
        {
            xml.Element("key", tag.Key);
            xml.Element("value", tag.Value);
        });

    private static void Check(string key, string value)
    {
        if (IsReserved(key))
        {
            throw Ec2Errors.InvalidValue("key", key, "Tag keys starting with 'aws:' are reserved for internal use");
        }

        if (key.Length > MaxKey)
        {
            throw Ec2Errors.InvalidValue("key", key, $"Tag key exceeds the maximum length of {MaxKey} characters");
        }

        if (value.Length > MaxValue)
        {
            throw Ec2Errors.InvalidValue("value", value, $"Tag value exceeds the maximum length of {MaxValue} characters");
        }
    }
}
