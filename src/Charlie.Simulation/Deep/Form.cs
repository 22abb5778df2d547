using System.Collections;
using System.Globalization;
using Amazon.Runtime;

namespace Charlie.Simulation.Deep;

/// <summary>
/// The flattened parameters of the Query protocol, as the SDK writes them: <c>Tag.1.Key</c> for EC2, and
/// <c>Tags.member.1.Key</c> for the other services. What is not set is left out.
/// </summary>
/// <param name="member">What stands between a list's name and the place in it.</param>
internal sealed class Form(string member) : IEnumerable
{
    public const string Ec2List = ".";

    public const string QueryList = ".member.";

    /// <summary>In the order in which they were added.</summary>
    public Dictionary<string, string> Parameters { get; } = new(StringComparer.Ordinal);

    public IEnumerator GetEnumerator() => Parameters.GetEnumerator();

    public void Add(string name, string? value)
    {
        if (value is not null)
        {
            Parameters.Add(name, value);
        }
    }

    public void Add(string name, ConstantClass? value) => Add(name, value?.Value);

    public void Add(string name, int? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public void Add(string name, bool? value) => Add(name, value is { } flag ? flag ? "true" : "false" : null);

    public void Add(string name, IEnumerable<string>? values) => Add(name, values, (one, value) => Add(one, value));

    /// <summary>A list of structures; <paramref name="write"/> gets the name of each, without a dot at its end.</summary>
    public void Add<T>(string name, IEnumerable<T>? values, Action<string, T> write)
    {
        var place = 1;
        foreach (var value in values ?? [])
        {
            write(string.Create(CultureInfo.InvariantCulture, $"{name}{member}{place++}"), value);
        }
    }
}
