namespace Charlie.Sandbox.Lambda.Hosting;

/// <summary>What to start for an execution environment.</summary>
/// <param name="FileName">An executable.</param>
public sealed record FunctionProgram(string FileName, IReadOnlyList<string> Arguments)
{
    /// <summary>The directory that the function finds as <c>LAMBDA_TASK_ROOT</c> and starts in.</summary>
    public string TaskRoot { get; init; } = Path.GetDirectoryName(Path.GetFullPath(FileName)) ?? "/";

    /// <summary>A managed <c>bootstrap.dll</c>, run by the <c>dotnet</c> that runs this process, or a native executable.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static FunctionProgram At(string path)
    {
        var full = Path.GetFullPath(path);
        if (!File.Exists(full))
        {
            throw new FileNotFoundException($"The functions' program {full} does not exist: build it first, or name another.", full);
        }

        return string.Equals(Path.GetExtension(full), ".dll", StringComparison.OrdinalIgnoreCase)
            ? new FunctionProgram(Dotnet(), ["exec", full]) { TaskRoot = Path.GetDirectoryName(full)! }
            : new FunctionProgram(full, []);
    }

    private static string Dotnet()
    {
        if (Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host)
        {
            return host;
        }

        return Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? Environment.ProcessPath!
            : Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root ? Path.Combine(root, "dotnet") : "dotnet";
    }
}
