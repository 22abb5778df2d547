using System.Security.Cryptography;
using System.Text;

namespace Charlie.Simulation.Production;

/// <summary>An image of the bot that a scenario pushes; made up unless it has a name of its own, and the same in every run.</summary>
internal sealed record BotImage(string Version)
{
    public const string Repository = "registry.gitlab.com/example/charlie";

    /// <summary>Its repository and digest.</summary>
    public string Name { get; init; } =
        $"{Repository}@sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"charlie {Version}")))}";

    public string Digest => Name.Split('@')[1];

    /// <summary>The commit that it was built from, as a pipeline would name it.</summary>
    public string Commit { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"commit of {Version}")))[..40];
}
