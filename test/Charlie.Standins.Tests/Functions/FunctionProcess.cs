using System.Diagnostics;

namespace Charlie.Standins.Tests.Functions;

/// <summary>This program started as a function; ended with the test at the latest.</summary>
internal sealed class FunctionProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    public FunctionProcess(string handler, string runtimeApi, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(FunctionProcess).Assembly.Location);
        }

        start.Environment["_HANDLER"] = handler;
        start.Environment["AWS_LAMBDA_RUNTIME_API"] = runtimeApi;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Tool.Start(start);
        _output = _process.StandardOutput.ReadToEndAsync();
        _error = _process.StandardError.ReadToEndAsync();
    }

    public Task<string> Error => _error;

    /// <summary>What it wrote before it ended.</summary>
    public async Task<string[]> LinesAsync() =>
        (await _output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public Task<int> TerminateAsync()
    {
        Signal.Send(_process.Id, Signal.Terminate);
        return ExitCodeAsync();
    }

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await Task.WhenAll(_output, _error);
        _process.Dispose();
    }
}
