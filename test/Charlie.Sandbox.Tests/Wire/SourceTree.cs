namespace Charlie.Sandbox.Tests.Wire;

/// <summary>Where the sources are.</summary>
internal static class SourceTree
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string at) =>
        File.Exists(Path.Combine(at, "Charlie.slnx")) ? at
            : Find(Path.GetDirectoryName(at) ?? throw new InvalidOperationException("There is no Charlie.slnx above the tests."));
}
