using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Charlie.Lambdas.Decisions;

namespace Charlie.Operations.Requests;

/// <summary>An image that no registry has: what an embedded AWS is given for a release, always the same one.</summary>
internal sealed record MadeUpImage(Release Release)
{
    public string Tag => string.Create(CultureInfo.InvariantCulture, $"1.{Release.JobId}");

    /// <summary>As a registry writes it: <c>sha256:</c> and 64 hexadecimal digits.</summary>
    public string Digest => $"sha256:{Hash($"charlie {Tag}")}";

    /// <summary>40 hexadecimal digits.</summary>
    public string Commit => Hash($"commit of {Tag}")[..40];

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
