using System.Globalization;

namespace Charlie.Sandbox.Context;

/// <summary>Ids in AWS's shapes, drawn from one seed so that a simulated run repeats them.</summary>
public sealed class AwsIds(int seed)
{
    private readonly Random random = new(seed);

    /// <summary>A resource id: the prefix and 17 hexadecimal digits, for example <c>i-0abcdef1234567890</c>.</summary>
    public string Resource(string prefix) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}-0{random.NextInt64(1L << 32):x8}{random.NextInt64(1L << 32):x8}");

    /// <summary>A UUID, as request ids, tokens and activity ids are.</summary>
    public string Uuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
