namespace Charlie.Lambdas.Text;

/// <summary>A number in a sequence, as English writes it: first, second, third, 4th, 11th, 22nd.</summary>
internal static class Ordinal
{
    public static string Of(int number) => number switch
    {
        1 => "first",
        2 => "second",
        3 => "third",
        _ when number % 100 is 11 or 12 or 13 => $"{number}th",
        _ => (number % 10) switch { 1 => $"{number}st", 2 => $"{number}nd", 3 => $"{number}rd", _ => $"{number}th" },
    };
}
