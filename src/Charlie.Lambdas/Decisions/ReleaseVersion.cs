using System.Collections.Immutable;

namespace Charlie.Lambdas.Decisions;

/// <summary>Tags by the resource type that a launch template version gives them to (<c>instance</c>, <c>volume</c>, ...).</summary>
internal sealed record TagSpecifications(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> ByResourceType)
{
    public const string Instance = "instance";

    private static readonly IReadOnlyDictionary<string, string> NoTags = ImmutableDictionary<string, string>.Empty;

    public static readonly TagSpecifications None = new(ImmutableDictionary<string, IReadOnlyDictionary<string, string>>.Empty);

    public IReadOnlyDictionary<string, string> OfInstance => ByResourceType.GetValueOrDefault(Instance, NoTags);

    /// <summary>These specifications with more tags for the instance: a new version replaces its source's as a whole.</summary>
    public TagSpecifications WithInstanceTags(IEnumerable<KeyValuePair<string, string>> tags)
    {
        var all = new Dictionary<string, string>(OfInstance);
        foreach (var (key, value) in tags)
        {
            all[key] = value;
        }

        return new TagSpecifications(
            new Dictionary<string, IReadOnlyDictionary<string, string>>(ByResourceType) { [Instance] = all });
    }
}

/// <summary>
/// A launch template version as Charlie reads it: a machine and an image, bound for life. One without
/// <c>charlie:release</c> was made by the infrastructure stack and is a base: release <see cref="Release.Base"/>.
/// </summary>
/// <param name="Number">The version's number; a name, never an age.</param>
/// <param name="Image">The image that its instances must prove; <c>null</c> where no tag names one.</param>
/// <param name="PushedAt">When its image was pushed; <c>null</c> for a base.</param>
internal sealed record ReleaseVersion(
    long Number,
    Release Release,
    string? Image,
    string? Commit,
    string? PipelineUrl,
    long? ProjectId,
    DateTimeOffset? PushedAt,
    TagSpecifications Tags)
{
    public PushNotes Notes { get; init; } = PushNotes.None;

    /// <summary>When EC2 made it.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    public bool IsBase => Release == Release.Base;
}
