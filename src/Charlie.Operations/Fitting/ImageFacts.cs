using System.Globalization;
using System.Text.Json.Nodes;

namespace Charlie.Operations.Fitting;

/// <summary>What the engine knows of an image without running it.</summary>
/// <param name="User">Who its process is; empty for root.</param>
/// <param name="Ports">The ports that it exposes.</param>
/// <param name="Digests">Repositories with digests, under which a registry has it.</param>
/// <param name="Preflight">What its label of <see cref="ImagePreflight"/> says; empty without it.</param>
internal sealed record ImageFacts(
    string User, string Architecture, string Os, IReadOnlyList<int> Ports, IReadOnlyList<string> Digests, string Preflight)
{
    /// <summary>Reads the first element of <c>image inspect</c>.</summary>
    public static ImageFacts Read(string inspected)
    {
        var image = JsonNode.Parse(inspected)!.AsArray()[0]!;
        var config = image["Config"];
        return new ImageFacts(
            (string?)config?[nameof(User)] ?? "",
            (string?)image[nameof(Architecture)] ?? "",
            (string?)image[nameof(Os)] ?? "",
            [
                .. (config?["ExposedPorts"] as JsonObject ?? []).Select(port => port.Key.Split('/')[0])
                    .Where(port => int.TryParse(port, CultureInfo.InvariantCulture, out _))
                    .Select(port => int.Parse(port, CultureInfo.InvariantCulture)),
            ],
            [.. (image["RepoDigests"] as JsonArray ?? []).Select(digest => (string)digest!)],
            (string?)config?["Labels"]?[ImagePreflight.Label] ?? "");
    }

    /// <summary>What of it does not fit, whatever it does when it runs.</summary>
    /// <param name="image">As it was asked for.</param>
    public IEnumerable<Misfit> Misfits(string image)
    {
        if (!image.Contains("@sha256:", StringComparison.Ordinal) && !Digests.Any(digest => digest.Contains('/', StringComparison.Ordinal)
            && !digest.StartsWith("localhost/", StringComparison.Ordinal)))
        {
            yield return new Misfit(
                "NoDigest",
                $"No registry has {image}: it has no digest by which it could be deployed.",
                "Push it to the project's registry, and deploy <repository>@<digest>.");
        }

        if (Os != "linux" || Architecture is not ("amd64" or "x86_64"))
        {
            yield return new Misfit(
                "OtherProcessor",
                $"It is built for {Os}/{Architecture}, and the machines are linux/amd64.",
                "docker build --platform linux/amd64");
        }

        if (User.Split(':')[0] is "" or "0" or "root")
        {
            yield return new Misfit(
                "RunsAsRoot", "Its process is root's.", "Add USER 65534:65534, or another user's number, to the Dockerfile.");
        }
    }
}
