using System.Net;
using BenchmarkDotNet.Attributes;
using Charlie.Bench.Stage;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Health;

namespace Charlie.Bench.Inner;

/// <summary>One question to a healthy instance on this machine, beside a plain client's.</summary>
public class ProbeBenchmarks
{
    private ProductionStage? stage;
    private HttpMessageInvoker? client;
    private HttpProbe? probe;
    private HttpClient? plain;

    [GlobalSetup]
    public void Set()
    {
        stage = ProductionStage.SetAsync(TimeProvider.System, CancellationToken.None).GetAwaiter().GetResult();
        client = HttpProbe.CreateClient();
        probe = new HttpProbe(client, stage.Health.Port, stage.Health.AbsolutePath, TimeProvider.System);
        plain = new HttpClient();
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        plain?.Dispose();
        client?.Dispose();
        stage?.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    [Benchmark(Baseline = true, Description = "HttpClient, one connection for all")]
    public async Task<HttpStatusCode> Plain()
    {
        using var response = await plain!.GetAsync(stage!.Health);
        return response.StatusCode;
    }

    [Benchmark(Description = "the probe, a connection each")]
    public async Task<bool> Probe() => await probe!.AskAsync(IPAddress.Parse(stage!.Health.Host), CancellationToken.None) is ProbeAnswer.Healthy;
}
