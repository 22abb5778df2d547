using Amazon.EC2.Model;
using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Aws;

/// <summary>Writes tags on instances.</summary>
internal sealed class InstanceWriter(IEc2 ec2)
{
    // EC2: CreateTags takes a thousand resources; fewer at once keep a call short.
    private const int ResourcesPerCall = 200;

    public async Task RecordInServiceAsync(IEnumerable<string> ids, DateTimeOffset at)
    {
        foreach (var chunk in ids.Chunk(ResourcesPerCall))
        {
            await ec2.CreateTagsAsync(new CreateTagsRequest
            {
                Resources = [.. chunk],
                Tags = [new Tag(InstanceTags.InServiceAt, Iso8601.Write(at))],
            });
        }
    }
}
