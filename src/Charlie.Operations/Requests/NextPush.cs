using Charlie.Lambdas;
using Charlie.Lambdas.Decisions;

namespace Charlie.Operations.Requests;

/// <summary>The push that a new pipeline would put on the embedded AWS.</summary>
/// <param name="Image">The repository and the digest.</param>
internal sealed record NextPush(Release Release, string Image, OperatorEvent Event)
{
    // Ids as large as gitlab.com's.
    private static readonly Release First = new(1048576, 7700123);

    public string Digest => Image.Split('@')[1];

    public static NextPush Of(Snapshot snapshot, Settings settings)
    {
        var release = ReleaseAfter(snapshot);
        var made = new MadeUpImage(release);
        var image = $"{settings.Origin.ImageRepository}@{made.Digest}";
        return new NextPush(release, image, OperatorEvent.Push(settings.Origin, release, image, made.Commit, made.Tag));
    }

    /// <summary>The release of a job that does not exist yet, of a new pipeline: it is greater than every recorded one.</summary>
    public static Release ReleaseAfter(Snapshot snapshot)
    {
        var recorded = snapshot.Records.Versions.Select(version => version.Release)
            .Concat(snapshot.Records.Rejections.Select(rejection => rejection.Through))
            .Where(release => release != Release.Base)
            .ToList();
        return recorded is [] ? First : new Release(recorded.Max(release => release.PipelineId) + 1, recorded.Max().JobId + 1);
    }
}
