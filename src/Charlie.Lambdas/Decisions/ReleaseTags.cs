using System.Collections.Immutable;
using System.Globalization;
using Charlie.Lambdas.Text;

namespace Charlie.Lambdas.Decisions;

/// <summary>How a release is written in the instance tags of its launch template version, and read back.</summary>
internal static class ReleaseTags
{
    public const string Image = "charlie:image";
    public const string ReleaseKey = "charlie:release";
    public const string Commit = "charlie:commit";
    public const string PipelineUrl = "charlie:pipeline-url";
    public const string Project = "charlie:project";
    public const string PushedAt = "charlie:pushed-at";
    public const string BaseVersion = "charlie:base";
    public const string Tag = "charlie:tag";
    public const string CommitTitle = "charlie:commit-title";
    public const string CommitAuthor = "charlie:commit-author";
    public const string Deployment = "charlie:deployment";

    /// <summary>The tags of a push whose version is derived from a base.</summary>
    public static ImmutableDictionary<string, string> Write(Push push, long baseVersion)
    {
        var tags = new Dictionary<string, string>
        {
            [Image] = push.Image,
            [ReleaseKey] = push.Release.ToString(),
            [Commit] = push.Commit,
            [PipelineUrl] = push.PipelineUrl,
            [Project] = push.ProjectId.ToString(CultureInfo.InvariantCulture),
            [PushedAt] = Iso8601.Write(push.PushedAt),
            [BaseVersion] = baseVersion.ToString(CultureInfo.InvariantCulture),
        };
        Add(Tag, push.Notes.Tag);
        Add(CommitTitle, push.Notes.CommitTitle);
        Add(CommitAuthor, push.Notes.CommitAuthor);
        Add(Deployment, push.Notes.DeploymentId?.ToString(CultureInfo.InvariantCulture));
        return tags.ToImmutableDictionary();

        void Add(string key, string? value)
        {
            if (value is not null)
            {
                tags[key] = value;
            }
        }
    }

    /// <summary>
    /// Reads a version; <c>null</c> where <c>charlie:release</c> is there and is none: such a version was not made by
    /// Charlie and nothing is worked out from it.
    /// </summary>
    public static ReleaseVersion? Read(long number, TagSpecifications tags)
    {
        var written = tags.OfInstance;
        var release = Release.Base;
        if (written.TryGetValue(ReleaseKey, out var text) && (!Release.TryParse(text, out release) || release == Release.Base))
        {
            return null;
        }

        return new ReleaseVersion(
            number,
            release,
            written.GetValueOrDefault(Image),
            written.GetValueOrDefault(Commit),
            written.GetValueOrDefault(PipelineUrl),
            Number(Project),
            Iso8601.Read(written.GetValueOrDefault(PushedAt)),
            tags)
        {
            Notes = new PushNotes(
                written.GetValueOrDefault(Tag),
                written.GetValueOrDefault(CommitTitle),
                written.GetValueOrDefault(CommitAuthor),
                Number(Deployment)),
        };

        long? Number(string key) =>
            long.TryParse(written.GetValueOrDefault(key), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
    }
}
