using System.Globalization;

namespace Charlie.Sandbox.Crons;

/// <summary>One field of a cron and the values that it may have.</summary>
/// <param name="Name">What its error says.</param>
/// <param name="Names">Words for values, the first of them for <paramref name="FirstNamed"/>.</param>
/// <param name="FirstNamed">The value of the first word.</param>
internal sealed record CronField(string Name, int Min, int Max, IReadOnlyList<string> Names, int FirstNamed = 1)
{
    public static readonly IReadOnlyList<string> Months =
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

    public static readonly IReadOnlyList<string> Days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    /// <summary>The values that a list of values, ranges and steps stands for.</summary>
    /// <exception cref="FormatException">The text is wrong, or one that the sandbox does not know.</exception>
    public HashSet<int> Parse(string text)
    {
        var values = new HashSet<int>();
        foreach (var item in text.Split(','))
        {
            var slash = item.Split('/');
            var range = slash[0] is "*" or "?" ? [Min, Max] : slash[0].Split('-').Select(end => Number(end, Min, Names)).ToArray();
            var step = slash.Length > 1 ? Number(slash[1], 1, []) : 1;
            if (range.Length > 2 || slash.Length > 2 || range[0] > range[^1])
            {
                throw new FormatException($"The cron field {Name} '{text}' is not a list of values, ranges and steps.");
            }

            // "5/15" counts on from 5 to the field's end.
            var last = slash.Length > 1 && range.Length == 1 ? Max : range[^1];
            for (var value = range[0]; value <= last; value += step)
            {
                values.Add(value);
            }
        }

        return values;
    }

    private int Number(string text, int min, IReadOnlyList<string> names)
    {
        for (var at = 0; at < names.Count; at++)
        {
            if (names[at].Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return at + FirstNamed;
            }
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= Max
            ? value
            : throw new FormatException($"The cron field {Name} has '{text}'; allowed are {Min} to {Max}, names, *, lists, ranges and steps (the sandbox does not know L, W and #).");
    }
}
