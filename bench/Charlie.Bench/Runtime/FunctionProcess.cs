using System.Diagnostics;
using System.Globalization;
using Charlie.Bench.Environments;

namespace Charlie.Bench.Runtime;

/// <summary>A function's process behind the bench's Runtime API; it ends with this object.</summary>
internal sealed class FunctionProcess : IAsyncDisposable
{
    private static readonly string[] Inherited = ["PATH", "HOME", "DOTNET_ROOT", "LD_LIBRARY_PATH"];

    private readonly Process process;
    private readonly Task<string> errors;

    private FunctionProcess(Process process, long startedAt)
    {
        (this.process, StartedAt) = (process, startedAt);
        _ = process.StandardOutput.ReadToEndAsync();
        errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>A timestamp from just before the process was made.</summary>
    public long StartedAt { get; }

    /// <summary>The most memory that was resident at once, in kilobytes, as the kernel counts it.</summary>
    public long PeakResidentKilobytes => Kilobytes("VmHWM");

    /// <summary>The memory that is resident now, in kilobytes, as the kernel counts it.</summary>
    public long ResidentKilobytes => Kilobytes("VmRSS");

    public static FunctionProcess Start(
        Contender contender, string handler, ProductionEnvironment environment, RuntimeApi api, TimeProvider time)
    {
        var start = new ProcessStartInfo(contender.FileName, contender.Arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var name in Inherited)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                start.Environment[name] = value;
            }
        }

        foreach (var (name, value) in environment.Variables(handler))
        {
            start.Environment[name] = value;
        }

        start.Environment["AWS_LAMBDA_RUNTIME_API"] = api.Address;
        var startedAt = time.GetTimestamp();
        return new FunctionProcess(Process.Start(start)!, startedAt);
    }

    /// <summary>Waits for a response of this process.</summary>
    /// <exception cref="InvalidOperationException">It ended without one, or responded with an error.</exception>
    public async Task<Response> ResponseAsync(RuntimeApi api, CancellationToken cancellation)
    {
        var response = api.TakeAsync(cancellation);
        return await Task.WhenAny(response, process.WaitForExitAsync(cancellation)) == response
            ? await response
            : throw new InvalidOperationException(
                $"{process.StartInfo.FileName} ended with {process.ExitCode} before it responded: {await errors}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        await process.WaitForExitAsync();
        process.Dispose();
    }

    private long Kilobytes(string name)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith(name + ":", StringComparison.Ordinal));
        return long.Parse(line.AsSpan(name.Length + 1).Trim().TrimEnd("kB ").Trim(), CultureInfo.InvariantCulture);
    }
}
