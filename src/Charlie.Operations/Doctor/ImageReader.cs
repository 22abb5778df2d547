using Charlie.Lambdas.Decisions;
using Charlie.Operations.Registry;

namespace Charlie.Operations.Doctor;

/// <summary>Looks in the registry for the images that a new machine may have to pull.</summary>
internal sealed class ImageReader(RegistryClient registry, LoginFiles logins)
{
    /// <exception cref="OperationException">No login is at hand, or the registry did not say.</exception>
    public async Task<IReadOnlyList<ImageFacts>> ReadAsync(Snapshot snapshot, CancellationToken cancellation)
    {
        var desired = snapshot.Desired.Release;
        var fallback = snapshot.Records.FallbackOf(desired);
        var images = new List<ImageFacts>();
        foreach (var release in fallback is { } other ? (Release[])[desired, other] : [desired])
        {
            var version = snapshot.Records.VersionOf(release);
            if (ImageReference.Read(version?.Image) is { } image)
            {
                var login = await logins.LoginForAsync(image, cancellation);
                var isThere = await registry.HasAsync(image, login, cancellation);
                images.Add(new ImageFacts(release, version!.Image!, IsFallback: release != desired, isThere));
            }
        }

        return images;
    }
}
