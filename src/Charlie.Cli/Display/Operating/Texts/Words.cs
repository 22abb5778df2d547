using System.Globalization;
using Charlie.Lambdas.Text;

namespace Charlie.Cli.Display.Operating.Texts;

/// <summary>How times, ages and images are written for a person.</summary>
internal static class Words
{
    private const int DigestLength = 12;
    private const int CommitLength = 8;

    /// <summary>A time in UTC to the second.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A duration in its two largest units.</summary>
    public static string Age(TimeSpan age)
    {
        var days = (int)age.TotalDays;
        return days > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{days} d{(age.Hours > 0 ? $" {age.Hours} h" : "")}")
            : Duration.Of(age);
    }

    /// <summary>A duration in its largest unit.</summary>
    public static string ShortAge(TimeSpan age) => Age(age).Split(' ') is [var number, var unit, ..] ? $"{number} {unit}" : Age(age);

    /// <summary>An image with as much of its digest as tells it from others.</summary>
    public static string? Image(string? image) =>
        image?.IndexOf("@sha256:", StringComparison.Ordinal) is { } at and >= 0 && image.Length > at + 8 + DigestLength
            ? image[..(at + 8 + DigestLength)]
            : image;

    public static string Commit(string? commit) => commit is null ? "" : commit[..Math.Min(CommitLength, commit.Length)];

    public static string Count(int number, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {(number == 1 ? one : many)}");
}
