using System.Net;
using Amazon.EC2;
using Amazon.EC2.Model;
using Charlie.Lambdas.Aws.Wire;
using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Aws;

/// <summary>What EC2 knows of an instance and its group does not.</summary>
/// <param name="Address">Its private address; <c>null</c> while it has none.</param>
/// <param name="InServiceAt">When it was first seen InService; <c>null</c> before that was written down.</param>
internal sealed record Ec2Instance(string Id, IPAddress? Address, DateTimeOffset? LaunchedAt, DateTimeOffset? InServiceAt)
{
    /// <summary>Nothing of it changes any more while the instance is in the state that its group shows.</summary>
    public bool IsComplete(GroupInstance instance) =>
        Address is not null && LaunchedAt is not null && (!instance.IsInService || InServiceAt is not null);
}

/// <summary>Reads instances, and writes down when one went in service.</summary>
internal sealed class Ec2Instances(LeanEc2Client ec2)
{
    private const string InServiceAtKey = "charlie:in-service-at";

    // EC2's most values of one filter; CreateTags takes a thousand resources.
    private const int FilterSize = 200;

    /// <summary>
    /// Those of the instances that EC2 shows. A fresh one may still be missing: asked for by filter it is left out,
    /// where asked for by id it would be an error.
    /// </summary>
    public async Task<IReadOnlyList<Ec2Instance>> ReadAsync(IEnumerable<string> ids)
    {
        var found = new List<Ec2Instance>();
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

    public async Task RecordInServiceAsync(IEnumerable<string> ids, DateTimeOffset at)
    {
        foreach (var chunk in ids.Chunk(FilterSize))
        {
            await ec2.CreateTagsAsync(new CreateTagsRequest { Resources = [.. chunk], Tags = [new Tag(InServiceAtKey, Instants.Write(at))] });
        }
    }

    private static Ec2Instance Read(Instance instance) =>
        new(
            instance.InstanceId,
            IPAddress.TryParse(instance.PrivateIpAddress, out var address) ? address : null,
            instance.LaunchTime is { } launched ? new DateTimeOffset(launched.ToUniversalTime()) : null,
            Instants.Read((instance.Tags ?? []).Find(tag => tag.Key == InServiceAtKey)?.Value));
}
