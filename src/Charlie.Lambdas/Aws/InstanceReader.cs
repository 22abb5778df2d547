using System.Net;
using Amazon.EC2.Model;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Aws;

/// <summary>Reads what EC2 knows of instances.</summary>
internal sealed class InstanceReader(IEc2 ec2)
{
    // EC2's most values of one filter.
    private const int FilterSize = 200;

    /// <summary>
    /// Those of the instances that EC2 shows. A fresh one may still be missing: a request by filter leaves it out, where a
    /// request by id is an error.
    /// </summary>
    public async Task<IReadOnlyList<InstanceDetails>> ReadAsync(IEnumerable<string> ids)
    {
        var found = new List<InstanceDetails>();
        foreach (var chunk in ids.Chunk(FilterSize))
        {
            string? page = null;
            do
            {
                var response = await ec2.DescribeInstancesAsync(new DescribeInstancesRequest
                {
                    Filters = [new Filter("instance-id", [.. chunk])],
                    NextToken = page,
                });
                found.AddRange((response.Reservations ?? []).SelectMany(reservation => reservation.Instances ?? []).Select(Read));
                page = response.NextToken;
            }
            while (!string.IsNullOrEmpty(page));
        }

        return found;
    }

    private static InstanceDetails Read(Instance instance) =>
        new(
            instance.InstanceId,
            IPAddress.TryParse(instance.PrivateIpAddress, out var address) ? address : null,
            instance.LaunchTime is { } launched ? new DateTimeOffset(launched.ToUniversalTime()) : null,
            Iso8601.Read((instance.Tags ?? []).Find(tag => tag.Key == InstanceTags.InServiceAt)?.Value),
            (instance.Tags ?? []).Exists(tag => tag.Key == InstanceTags.AppStartedAt));
}
