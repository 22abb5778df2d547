using System.Globalization;
using System.Xml.Linq;
using Charlie.Operations.Access;

namespace Charlie.Operations.Doctor;

/// <summary>EC2's descriptions of what the checks look at.</summary>
internal static class Ec2Calls
{
    private const string Version = "2016-11-15";

    /// <param name="list">The parameter that takes the values: <c>InstanceId</c>, <c>Filter.1.Value</c>.</param>
    /// <exception cref="AwsCallException">AWS refused it, or did not respond.</exception>
    public static Task<XElement> DescribeAsync(
        this SignedClient client, string action, string list, IReadOnlyList<string> values, CancellationToken cancellation) =>
        client.QueryAsync("ec2", Version, action, Numbered(list, values), cancellation);

    /// <summary>Describes what is in a network.</summary>
    /// <inheritdoc cref="DescribeAsync"/>
    public static Task<XElement> DescribeInVpcAsync(
        this SignedClient client, string action, string vpc, CancellationToken cancellation)
    {
        var arguments = Numbered("Filter.1.Value", [vpc]);
        arguments.Add("Filter.1.Name", "vpc-id");
        return client.QueryAsync("ec2", Version, action, arguments, cancellation);
    }

    private static Dictionary<string, string> Numbered(string list, IReadOnlyList<string> values) =>
        values.Index().ToDictionary(
            value => string.Create(CultureInfo.InvariantCulture, $"{list}.{value.Index + 1}"), value => value.Item);
}
