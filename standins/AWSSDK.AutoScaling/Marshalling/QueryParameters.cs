using System.Globalization;
using Amazon.Runtime;

namespace Amazon.AutoScaling.Marshalling;

/// <summary>The Query protocol's flat names: "Tags.member.1.Key". What is not set is not sent.</summary>
internal sealed class QueryParameters(IDictionary<string, string> parameters, string prefix)
{
    public void Add(string name, string value)
    {
        if (value is not null)
        {
            parameters.Add(prefix + name, value);
        }
    }

    public void Add(string name, int? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public void Add(string name, bool? value) => Add(name, value is null ? null : value.Value ? "true" : "false");

    public void Add(string name, DateTime? value) => Add(name, value?.ToUniversalTime().ToString(
        value.Value.Millisecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));

    public void Add(string name, ConstantClass value) => Add(name, value?.Value);

    public void Add<T>(string name, T value, Action<QueryParameters, T> write)
        where T : class
    {
        if (value is not null)
        {
            write(new QueryParameters(parameters, $"{prefix}{name}."), value);
        }
    }

    public void AddList(string name, List<string> values) =>
        AddMembers(name, values, (member, value) => parameters.Add(member, value));

    public void AddList<T>(string name, List<T> values, Action<QueryParameters, T> write) =>
        AddMembers(name, values, (member, value) => write(new QueryParameters(parameters, member + "."), value));

    // An empty list is sent as an empty value: it says "none", where leaving it out says "as it is". With collections
    // that the SDK initializes no one can tell the two apart, and an empty one then counts as left out.
    private void AddMembers<T>(string name, List<T> values, Action<string, T> write)
    {
        if (values is { Count: 0 } && !AWSConfigs.InitializeCollections)
        {
            parameters.Add(prefix + name, string.Empty);
            return;
        }

        for (var i = 0; i < values?.Count; i++)
        {
            write(string.Create(CultureInfo.InvariantCulture, $"{prefix}{name}.member.{i + 1}"), values[i]);
        }
    }
}
