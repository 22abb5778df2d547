using System.Text.Json;
using System.Text.RegularExpressions;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.Logs;

/// <summary>
/// A filter pattern for JSON: <c>{ $.a.b = "x" || $.a.b = "y" }</c>. Of CloudWatch's pattern language the rest is refused.
/// </summary>
internal sealed partial class LogPattern
{
    private readonly List<(string[] Path, string Value)> choices = [];

    /// <exception cref="AwsException">It is none that is played.</exception>
    public static LogPattern Read(string text)
    {
        var pattern = new LogPattern();
        var whole = Whole().Match(text);
        foreach (var part in whole.Success ? whole.Groups[1].Value.Split("||") : throw Unread(text))
        {
            var choice = Choice().Match(part);
            pattern.choices.Add(choice.Success ? (choice.Groups[1].Value.Split('.'), choice.Groups[2].Value) : throw Unread(text));
        }

        return pattern;
    }

    /// <summary>Whether a message is JSON in which one of the choices holds.</summary>
    public bool Matches(string message)
    {
        try
        {
            using var document = JsonDocument.Parse(message);
            return choices.Exists(choice => Find(document.RootElement, choice.Path) is { ValueKind: JsonValueKind.String } found
                && found.GetString() == choice.Value);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static JsonElement? Find(JsonElement root, string[] path)
    {
        var at = root;
        foreach (var name in path)
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
            {
                return null;
            }
        }

        return at;
    }

    private static AwsException Unread(string text) =>
        new("InvalidParameterException", $"Invalid filter pattern: the sandbox plays {{ $.a.b = \"x\" || $.a.b = \"y\" }} and not {text}");

    [GeneratedRegex(@"\A\s*\{(.*)\}\s*\z", RegexOptions.Singleline)]
    private static partial Regex Whole();

    [GeneratedRegex(@"\A\s*\$\.([A-Za-z0-9_.-]+)\s*=\s*""([^""*]*)""\s*\z")]
    private static partial Regex Choice();
}
