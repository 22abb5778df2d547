using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Charlie.Sandbox.Wire;

/// <summary>As much of CBOR (RFC 8949) as an error needs: a map of texts.</summary>
internal static class CborText
{
    private const byte TextType = 0x60;
    private const byte MapType = 0xa0;
    private const int TwoBytes = 0x19;

    /// <param name="members">At most 23; each text at most 65,535 bytes.</param>
    public static ReadOnlyMemory<byte> Map(params ReadOnlySpan<(string Name, string Value)> members)
    {
        var writer = new ArrayBufferWriter<byte>();
        writer.Write([(byte)(MapType | members.Length)]);
        foreach (var (name, value) in members)
        {
            Text(writer, name);
            Text(writer, value);
        }

        return writer.WrittenMemory;
    }

    private static void Text(ArrayBufferWriter<byte> writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> head = [TextType | TwoBytes, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(head[1..], checked((ushort)bytes.Length));
        writer.Write(head);
        writer.Write(bytes);
    }
}
