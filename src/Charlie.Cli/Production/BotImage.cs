using System.Security.Cryptography;
using System.Text;

namespace Charlie.Cli.Production;

/// <summary>An image of the bot that the story pushes; its digest is that of its name, so it is the same in every run.</summary>
internal sealed record BotImage(string Version)
{
    public const string Repository = "registry.gitlab.com/example/charlie";

    public string Digest { get; } = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"charlie {Version}")));

    public string Name => $"{Repository}@{Digest}";

    /// <summary>The commit that it was built from, as a pipeline would name it.</summary>
    public string Commit { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"commit of {Version}")))[..40];
}
