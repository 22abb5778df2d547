using System.Globalization;

namespace Charlie.Sandbox.Wire;

/// <summary>How one service words its errors about parameters.</summary>
internal interface IParameterErrors
{
    AwsException Missing(string name);

    AwsException Malformed(string name, string value, string expected);

    AwsException OutOfRange(string name, int value, int min, int max);
}

/// <summary>Typed reading of the parameters of one structure of a Query request.</summary>
internal sealed class QueryParameters(ParameterNode node, IParameterErrors errors)
{
    public ParameterNode Node { get; } = node;

    public IParameterErrors Errors { get; } = errors;

    public bool Has(string name) => Node[name] is not null;

    public string? Text(string name) => Node[name]?.Value;

    public string Required(string name) => Text(name) is { Length: > 0 } value ? value : throw Errors.Missing(name);

    public int? Integer(string name, int min = int.MinValue, int max = int.MaxValue)
    {
        if (Text(name) is not { Length: > 0 } text)
        {
            return null;
        }

        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            throw Errors.Malformed(name, text, "an integer");
        }

        return value >= min && value <= max ? value : throw Errors.OutOfRange(name, value, min, max);
    }

    public int RequiredInteger(string name, int min = int.MinValue, int max = int.MaxValue) =>
        Integer(name, min, max) ?? throw Errors.Missing(name);

    public bool? Flag(string name) => Text(name) switch
    {
        null or "" => null,
        "true" or "True" or "TRUE" or "1" => true,
        "false" or "False" or "FALSE" or "0" => false,
        var other => throw Errors.Malformed(name, other, "a boolean"),
    };

    /// <summary>A time in ISO 8601, UTC where it names no offset.</summary>
    public DateTimeOffset? Time(string name) => Text(name) switch
    {
        null or "" => null,
        var text when DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) => time,
        var text => throw Errors.Malformed(name, text, "a timestamp"),
    };

    public IReadOnlyList<string> List(string name) =>
        Node[name] is { } list ? [.. list.Items.Select(item => item.Value).OfType<string>()] : [];

    public IReadOnlyList<QueryParameters> Structures(string name) =>
        Node[name] is { } list ? [.. list.Items.Select(item => new QueryParameters(item, Errors))] : [];

    public QueryParameters? Structure(string name) =>
        Node[name] is { Children.Count: > 0 } child ? new QueryParameters(child, Errors) : null;
}
