using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.EC2;
using Amazon.EC2.Model;
using Charlie.Lambdas.Aws.Wire;
using Charlie.Lambdas.Decisions;
using TagSpecifications = Charlie.Lambdas.Decisions.TagSpecifications;

namespace Charlie.Lambdas.Aws;

/// <summary>Reads the records off the launch template, and adds to them.</summary>
internal sealed class LaunchTemplateRecords(LeanEc2Client ec2, string templateId)
{
    // EC2's most for DescribeLaunchTemplateVersions, and for DeleteLaunchTemplateVersions.
    private const int PageSize = 200;

    public async Task<Records> ReadAsync()
    {
        var versions = ReadVersionsAsync();
        var template = await ReadTemplateAsync();
        var tags = (template?.Tags ?? []).Select(tag => KeyValuePair.Create(tag.Key, tag.Value));
        return Records.Read(await versions, tags) with { DefaultVersion = template?.DefaultVersionNumber };
    }

    /// <summary>Writes one mark; writing it twice is writing it once.</summary>
    public Task WriteMarkAsync(string key, string value) =>
        ec2.CreateTagsAsync(new CreateTagsRequest { Resources = [templateId], Tags = [new Tag(key, value)] });

    /// <summary>Deletes what nothing is worked out from any more.</summary>
    public async Task PruneAsync(Pruning pruning)
    {
        if (!pruning.MarkKeys.IsEmpty)
        {
            await ec2.DeleteTagsAsync(new DeleteTagsRequest { Resources = [templateId], Tags = [.. pruning.MarkKeys.Select(key => new Tag { Key = key })] });
        }

        foreach (var chunk in pruning.Versions.Chunk(PageSize))
        {
            await ec2.DeleteLaunchTemplateVersionsAsync(new DeleteLaunchTemplateVersionsRequest
            {
                LaunchTemplateId = templateId,
                Versions = [.. chunk.Select(version => version.ToString(CultureInfo.InvariantCulture))],
            });
        }
    }

    /// <summary>
    /// Derives the version of a push from a base: everything but the tags stays the base's. The client token makes a
    /// second call with the same release, image and base answer the first one's version. EC2 takes data that no launch
    /// can use, and only warns.
    /// </summary>
    public async Task<(ReleaseVersion Version, IReadOnlyList<string> Warnings)> CreateVersionAsync(Push push, ReleaseVersion baseVersion)
    {
        var tags = baseVersion.Tags.WithInstanceTags(ReleaseTags.Write(push, baseVersion.Number));
        var source = baseVersion.Number.ToString(CultureInfo.InvariantCulture);
        var response = await ec2.CreateLaunchTemplateVersionAsync(new CreateLaunchTemplateVersionRequest
        {
            LaunchTemplateId = templateId,
            SourceVersion = source,
            VersionDescription = $"release {push.Release}",
            ClientToken = Token($"{push.Release}\n{push.Image}\n{source}"),
            LaunchTemplateData = new RequestLaunchTemplateData { TagSpecifications = Write(tags) },
        });
        var number = response.LaunchTemplateVersion.VersionNumber
            ?? throw new InvalidOperationException("CreateLaunchTemplateVersion answered without a version number.");
        var version = ReleaseTags.Read(number, tags)
            ?? throw new InvalidOperationException($"Version {number} does not carry the release that was written to it.");
        return (version, [.. (response.Warning?.Errors ?? []).Select(error => $"{error.Code}: {error.Message}")]);
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
        var tags = (version.LaunchTemplateData?.TagSpecifications ?? [])
            .ToImmutableDictionary(
                specification => specification.ResourceType.Value,
                specification => (specification.Tags ?? []).ToImmutableDictionary(tag => tag.Key, tag => tag.Value));
        return version.VersionNumber is { } number ? ReleaseTags.Read(number, new TagSpecifications(tags)) : null;
    }

    private static List<LaunchTemplateTagSpecificationRequest> Write(TagSpecifications tags) =>
    [
        .. tags.ByResourceType.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new LaunchTemplateTagSpecificationRequest
        {
            ResourceType = new ResourceType(pair.Key),
            Tags = [.. pair.Value.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => new Tag(tag.Key, tag.Value))],
        }),
    ];

    private static string Token(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
