using System.Text;
using System.Xml;

namespace Charlie.Sandbox.Wire;

/// <summary>Reads <c>application/x-www-form-urlencoded</c> text, the Query protocol's request.</summary>
internal static class FormParameters
{
    public static Dictionary<string, string> Parse(string text)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var split = pair.IndexOf('=', StringComparison.Ordinal);
            var name = Decode(split < 0 ? pair : pair[..split]);
            var value = split < 0 ? string.Empty : Decode(pair[(split + 1)..]);
            if (!parameters.TryAdd(name, value))
            {
                throw new AwsException("MalformedQueryString", $"The parameter {name} may only be given once.");
            }
        }

        return parameters;
    }

    public static string Text(ReadOnlyMemory<byte> body) => Encoding.UTF8.GetString(body.Span);

    /// <summary>What XML cannot carry could not be shown again either, so it is refused here.</summary>
    private static string Decode(string text)
    {
        var decoded = Uri.UnescapeDataString(text.Replace('+', ' '));
        return decoded.All(sign => XmlConvert.IsXmlChar(sign) || char.IsSurrogate(sign))
            ? decoded
            : throw new AwsException("InvalidCharacter", "The request contains a character that is not valid in XML.");
    }
}
