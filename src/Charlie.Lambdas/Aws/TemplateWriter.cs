using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using Charlie.Lambdas.Decisions;
using TagSpecifications = Charlie.Lambdas.Decisions.TagSpecifications;

namespace Charlie.Lambdas.Aws;

/// <summary>Adds records to the launch template, and deletes them.</summary>
internal sealed class TemplateWriter(IEc2 ec2, string templateId)
{
    /// <summary>
    /// Writes one record tag; to write it again changes nothing. <c>false</c> when the template has as many tags as EC2 allows.
    /// </summary>
    public async Task<bool> WriteAsync(IRecordTag tag)
    {
        try
        {
            await ec2.CreateTagsAsync(new CreateTagsRequest { Resources = [templateId], Tags = [new Tag(tag.Key, tag.Value)] });
            return true;
        }
        catch (AmazonServiceException error) when (AwsErrors.IsTagLimit(error))
        {
            return false;
        }
    }

    public Task DeleteTagsAsync(ImmutableArray<string> keys) =>
        ec2.DeleteTagsAsync(new DeleteTagsRequest { Resources = [templateId], Tags = [.. keys.Select(key => new Tag { Key = key })] });

    /// <param name="numbers">At most 200.</param>
    public Task DeleteVersionsAsync(ImmutableArray<long> numbers) =>
        ec2.DeleteLaunchTemplateVersionsAsync(new DeleteLaunchTemplateVersionsRequest
        {
            LaunchTemplateId = templateId,
            Versions = [.. numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))],
        });

    /// <summary>
    /// Derives the version of a push from a base: everything but the tags stays the base's. The client token makes a
    /// second call with the same release, image and base returns the first one's version. EC2 takes data that no launch
    /// can use, and only warns.
    /// </summary>
    /// <returns>The version; <c>null</c> where another run made it, of a push that differs in its time.</returns>
    public async Task<(ReleaseVersion? Version, IReadOnlyList<string> Warnings)> CreateVersionAsync(Push push, ReleaseVersion baseVersion)
    {
        try
        {
            return await CreateAsync(push, baseVersion);
        }
        catch (AmazonServiceException error) when (AwsErrors.IsTokenUsed(error))
        {
            return (null, []);
        }
    }

    private async Task<(ReleaseVersion Version, IReadOnlyList<string> Warnings)> CreateAsync(Push push, ReleaseVersion baseVersion)
    {
        var tags = baseVersion.Tags.WithInstanceTags(ReleaseTags.Write(push, baseVersion.Number));
        var source = baseVersion.Number.ToString(CultureInfo.InvariantCulture);
        var response = await ec2.CreateLaunchTemplateVersionAsync(new CreateLaunchTemplateVersionRequest
        {
            LaunchTemplateId = templateId,
            SourceVersion = source,
            VersionDescription = $"release {push.Release}",
            // EC2 knows a token account-wide: two apps may push the same release of the same image.
            ClientToken = Token($"{templateId}\n{push.Release}\n{push.Image}\n{source}"),
            LaunchTemplateData = new RequestLaunchTemplateData { TagSpecifications = Write(tags) },
        });
        var number = response.LaunchTemplateVersion.VersionNumber
            ?? throw new InvalidOperationException("CreateLaunchTemplateVersion returned no version number.");
        var version = ReleaseTags.Read(number, tags)
            ?? throw new InvalidOperationException($"Version {number} does not carry the release that was written to it.");
        return (version, [.. (response.Warning?.Errors ?? []).Select(error => $"{error.Code}: {error.Message}")]);
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
