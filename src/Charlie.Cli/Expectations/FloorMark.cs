using System.Globalization;

namespace Charlie.Cli.Expectations;

/// <summary>A floor as its tag says it.</summary>
internal sealed record FloorMark(string Rejected, string GoBackTo, string From, DateTimeOffset At, string Why)
{
    public static FloorMark Read(string name, string value) =>
        new(
            name.Split(':')[0],
            name.Split(':')[1],
            value.Split(' ')[0],
            DateTimeOffset.Parse(value.Split(' ')[1], CultureInfo.InvariantCulture),
            value.Split(' ', 3)[2]);

    public bool Rejects(string release) =>
        Oracle.Read(release).CompareTo(Oracle.Read(GoBackTo)) > 0 && Oracle.Read(release).CompareTo(Oracle.Read(Rejected)) <= 0;
}
