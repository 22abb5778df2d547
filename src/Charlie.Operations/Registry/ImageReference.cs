namespace Charlie.Operations.Registry;

/// <summary>An image by its digest, in the parts that a registry is asked by.</summary>
/// <param name="Host">The registry, with its port where it has one of its own.</param>
/// <param name="Name">The repository's path in it.</param>
/// <param name="Digest"><c>sha256:</c> and 64 hexadecimal digits.</param>
internal sealed record ImageReference(string Host, string Name, string Digest)
{
    /// <summary>Reads <c>host[:port]/name@digest</c>; <c>null</c> where the text is none.</summary>
    public static ImageReference? Read(string? text) =>
        text?.Split('@') is [var repository, var digest] && repository.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash
            ? new ImageReference(repository[..slash], repository[(slash + 1)..], digest)
            : null;
}
