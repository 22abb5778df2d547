using System.Globalization;

namespace Charlie.Simulation.Oracles;

/// <summary>A rejection as its record tag says it, read without the product's code.</summary>
/// <param name="By">The token of the writer.</param>
internal sealed record RejectionTag(string Through, string Fallback, string From, DateTimeOffset At, string By, string Reason)
{
    public static RejectionTag Read(string name, string value)
    {
        var (releases, words) = (name.Split(':'), value.Split(' ', 4));
        return new RejectionTag(
            releases[0], releases[1], words[0], DateTimeOffset.Parse(words[1], CultureInfo.InvariantCulture), words[2], words[3]);
    }

    public bool Covers(string release) =>
        Oracle.Read(release).CompareTo(Oracle.Read(Fallback)) > 0 && Oracle.Read(release).CompareTo(Oracle.Read(Through)) <= 0;
}
