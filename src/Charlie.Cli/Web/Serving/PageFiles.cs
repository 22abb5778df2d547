using System.Collections.Frozen;

namespace Charlie.Cli.Web.Serving;

/// <summary>A file of the page.</summary>
internal sealed record PageFile(string ContentType, byte[] Bytes);

/// <summary>The page's files, which are resources of this program.</summary>
internal static class PageFiles
{
    public const string Index = "index.html";

    // As the project names the resources.
    private const string Prefix = "page/";

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, PageFile> Files = typeof(PageFiles).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..], Read);

    /// <summary>A file by its name; <c>null</c> where there is none.</summary>
    public static PageFile? Find(string name) => Files.GetValueOrDefault(name);

    private static PageFile Read(string name)
    {
        using var stream = typeof(PageFiles).Assembly.GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return new PageFile(Types[Path.GetExtension(name)], bytes.ToArray());
    }
}
