using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace Charlie.Sandbox.Template;

/// <summary>CloudFormation's functions about networks.</summary>
internal static class NetworkIntrinsics
{
    private const int AddressBits = 32;
    private const string Zones = "abcdef";

    /// <summary>The zones of the region, which is the sandbox's one.</summary>
    public static JsonArray Zone(TemplateNode region) => region.Text() is "" or Account.Region
        ? new JsonArray([.. Zones.Select(zone => (JsonNode)(Account.Region + zone))])
        : throw region.Wrong($"is '{region.Text()}' but the sandbox has {Account.Region} only");

    /// <summary>The first ranges of a size within another.</summary>
    /// <param name="bits">How many bits of each address are the host's.</param>
    public static JsonArray Ranges(TemplateNode block, TemplateNode count, TemplateNode bits)
    {
        var parts = block.Required().Split('/');
        if (parts.Length != 2 || !IPAddress.TryParse(parts[0], out var network) || !int.TryParse(parts[1], out var prefix)
            || prefix is < 0 or > AddressBits)
        {
            throw block.Wrong($"is '{block.Text()}' but must be a range such as 10.0.0.0/20");
        }

        var (many, size) = (count.Integer(1, 256) ?? 1, bits.Integer(1, AddressBits - 1) ?? throw bits.Wrong("is missing"));
        if (many > Math.Pow(2, AddressBits - prefix - size))
        {
            throw block.Wrong($"{block.Text()} has no room for {many} ranges of {size} bits");
        }

        var bytes = network.GetAddressBytes();
        var first = ((uint)bytes[0] << 24) | ((uint)bytes[1] << 16) | ((uint)bytes[2] << 8) | bytes[3];
        return new JsonArray([.. Enumerable.Range(0, many).Select(index =>
        {
            var at = first + ((uint)index << size);
            return (JsonNode)string.Create(
                CultureInfo.InvariantCulture, $"{at >> 24}.{(at >> 16) & 255}.{(at >> 8) & 255}.{at & 255}/{AddressBits - size}");
        })]);
    }
}
