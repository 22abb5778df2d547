using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// "{Count:D2} instances of {Group}": literal text and placeholders, each <c>{[@]name[:format]}</c>. "{{" and "}}" are
/// braces. Where the names are the numbers 0, 1, ... without a gap they are positions, else arguments come in order.
/// </summary>
internal sealed record MessageTemplate(IReadOnlyList<MessageTemplate.Part> Parts, bool Positional)
{
    // Templates are the program's own constants; the bound only guards against a caller that builds them.
    private const int MaxCached = 1024;

    private static readonly ConcurrentDictionary<string, MessageTemplate> Cache = new();

    public static MessageTemplate Parse(string text)
    {
        if (Cache.TryGetValue(text, out var known))
        {
            return known;
        }

        var template = FromParts(Split(text));
        if (Cache.Count < MaxCached)
        {
            Cache.TryAdd(text, template);
        }

        return template;
    }

    public BoundMessage Bind(object[] arguments)
    {
        if (arguments.Length == 0)
        {
            return new BoundMessage(string.Concat(Parts.Select(part => part.Source)), []);
        }

        var text = new StringBuilder();
        var bound = new List<BoundArgument>();
        foreach (var part in Parts)
        {
            if (part.Name is null)
            {
                text.Append(part.Text);
                continue;
            }

            var index = Positional ? int.Parse(part.Name, CultureInfo.InvariantCulture) : part.Order;
            var value = index < arguments.Length ? arguments[index] : null;
            text.Append(LogValue.ToText(value, part.Format) ?? part.Source);
            if (value is not null && !bound.Exists(argument => argument.Name == part.Name))
            {
                bound.Add(new BoundArgument(part.Name, value, part.Format));
            }
        }

        return new BoundMessage(text.ToString(), bound);
    }

    private static MessageTemplate FromParts(List<Part> parts)
    {
        var names = parts.Where(part => part.Name is not null).Select(part => part.Name).ToHashSet();
        var positional = names.Count > 0
            && Enumerable.Range(0, names.Count).All(i => names.Contains(i.ToString(CultureInfo.InvariantCulture)));
        return new MessageTemplate(parts, positional);
    }

    private static List<Part> Split(string text)
    {
        var parts = new List<Part>();
        var start = 0;
        while (start < text.Length)
        {
            var open = text.IndexOf('{', start);
            if (open < 0)
            {
                parts.Add(Literal(text[start..]));
                break;
            }

            if (open + 1 < text.Length && text[open + 1] == '{')
            {
                parts.Add(Literal(text[start..(open + 2)]));
                start = open + 2;
                continue;
            }

            var close = text.IndexOf('}', open);
            if (close < 0)
            {
                parts.Add(Literal(text[start..]));
                break;
            }

            parts.Add(Literal(text[start..open]));
            parts.Add(Placeholder(text[open..(close + 1)], parts.Count(part => part.Name is not null)));
            start = close + 1;
        }

        return parts;
    }

    private static Part Literal(string source) => new(
        source,
        source.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal),
        null,
        null,
        0);

    private static Part Placeholder(string source, int order)
    {
        var inner = source[1..^1].TrimStart('@');
        var colon = inner.IndexOf(':', StringComparison.Ordinal);
        var name = (colon < 0 ? inner : inner[..colon]).Trim();
        var format = colon < 0 ? null : inner[(colon + 1)..].Trim();
        return name.Length == 0
            ? new Part(source, source, null, null, 0)
            : new Part(source, null, name, format is { Length: > 0 } ? format : null, order);
    }

    /// <param name="Source">As the template has it.</param>
    /// <param name="Text">For literal text: without doubled braces.</param>
    /// <param name="Order">Which of the template's placeholders this is, from 0.</param>
    internal sealed record Part(string Source, string Text, string Name, string Format, int Order);
}

internal sealed record BoundMessage(string Text, IReadOnlyList<BoundArgument> Arguments);

internal sealed record BoundArgument(string Name, object Value, string Format);
