using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Charlie.Sandbox;
using Charlie.Sandbox.Context;

namespace Charlie.Simulation.Seeds;

/// <summary>A hash over all that happened in a run, to the byte and in order.</summary>
internal sealed class Trace : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private byte[] bytes = new byte[2048];

    public void Add(TimelineEntry entry) =>
        Add(string.Create(CultureInfo.InvariantCulture,
            $"{entry.At.UtcTicks} {entry.Source} {entry.Kind} {entry.Subject} {entry.Caller} {entry.Text}"));

    public void Add(string line)
    {
        if (bytes.Length < Encoding.UTF8.GetMaxByteCount(line.Length) + 1)
        {
            bytes = new byte[2 * (Encoding.UTF8.GetMaxByteCount(line.Length) + 1)];
        }

        var length = Encoding.UTF8.GetBytes(line, bytes);
        bytes[length] = (byte)'\n';
        hash.AppendData(bytes.AsSpan(0, length + 1));
    }

    public string End() => Convert.ToHexStringLower(hash.GetHashAndReset());

    public void Dispose() => hash.Dispose();
}
