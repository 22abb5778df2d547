namespace Charlie.Lambdas.Aws;

/// <summary>A secret of one line.</summary>
internal interface ISecret
{
    /// <exception cref="CallException">It cannot be read, or is none.</exception>
    Task<string> ReadAsync();
}
