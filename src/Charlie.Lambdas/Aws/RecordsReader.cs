using Amazon.EC2.Model;
using Charlie.Lambdas.Decisions;
using TagSpecifications = Charlie.Lambdas.Decisions.TagSpecifications;

namespace Charlie.Lambdas.Aws;

/// <summary>Reads the records: the launch template's versions and its record tags.</summary>
internal sealed class RecordsReader(IEc2 ec2, string templateId)
{
    // EC2's most for DescribeLaunchTemplateVersions.
    private const int PageSize = 200;

    public async Task<Records> ReadAsync()
    {
        var versions = ReadVersionsAsync();
        var template = await ReadTemplateAsync();
        var tags = (template?.Tags ?? []).Select(tag => KeyValuePair.Create(tag.Key, tag.Value));
        return Records.Read(await versions, tags) with { DefaultVersion = template?.DefaultVersionNumber };
    }

    private async Task<IReadOnlyList<ReleaseVersion>> ReadVersionsAsync()
    {
        var versions = new List<ReleaseVersion>();
        string? page = null;
        do
        {
            var response = await ec2.DescribeLaunchTemplateVersionsAsync(new DescribeLaunchTemplateVersionsRequest
            {
                LaunchTemplateId = templateId,
                MaxResults = PageSize,
                NextToken = page,
            });
            versions.AddRange((response.LaunchTemplateVersions ?? []).Select(Read).OfType<ReleaseVersion>());
            page = response.NextToken;
        }
        while (!string.IsNullOrEmpty(page));
        return versions;
    }

    private async Task<LaunchTemplate?> ReadTemplateAsync()
    {
        var response = await ec2.DescribeLaunchTemplatesAsync(new DescribeLaunchTemplatesRequest { LaunchTemplateIds = [templateId] });
        return response.LaunchTemplates?.FirstOrDefault();
    }

    private static ReleaseVersion? Read(LaunchTemplateVersion version)
    {
        var tags = (version.LaunchTemplateData?.TagSpecifications ?? []).ToDictionary(
            specification => specification.ResourceType.Value,
            IReadOnlyDictionary<string, string> (specification) =>
                (specification.Tags ?? []).ToDictionary(tag => tag.Key, tag => tag.Value));
        return version.VersionNumber is { } number && ReleaseTags.Read(number, new TagSpecifications(tags)) is { } read
            ? read with { CreatedAt = version.CreateTime is { } created ? new DateTimeOffset(created.ToUniversalTime()) : null }
            : null;
    }
}
