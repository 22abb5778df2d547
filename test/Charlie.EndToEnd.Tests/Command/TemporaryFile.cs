namespace Charlie.EndToEnd.Tests.Command;

internal sealed class TemporaryFile : IDisposable
{
    public TemporaryFile(string text) => File.WriteAllText(Path, text);

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"charlie-{Guid.NewGuid():N}");

    public void Dispose() => File.Delete(Path);
}
