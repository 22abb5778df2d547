using System.Net;
using BenchmarkDotNet.Attributes;
using Charlie.Bench.Environments;
using Charlie.Lambdas.Decisions;
using Charlie.Lambdas.Health;

namespace Charlie.Bench.Inner;

/// <summary>One probe of a healthy instance on this machine, beside a plain client's.</summary>
public class ProbeBenchmarks
{
    private ProductionEnvironment? environment;
    private HttpMessageInvoker? client;
    private HttpProbe? probe;
    private HttpClient? plain;

    [GlobalSetup]
    public void Set()
    {
        environment = ProductionEnvironment.SetAsync(TimeProvider.System, CancellationToken.None).GetAwaiter().GetResult();
        client = HttpProbe.CreateClient();
        probe = new HttpProbe(client, environment.Health.Port, environment.Health.AbsolutePath, TimeProvider.System);
        plain = new HttpClient();
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        plain?.Dispose();
        client?.Dispose();
        environment?.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    [Benchmark(Baseline = true, Description = "HttpClient, one connection for all")]
    public async Task<HttpStatusCode> Plain()
    {
        using var response = await plain!.GetAsync(environment!.Health);
        return response.StatusCode;
    }

    [Benchmark(Description = "the probe, a connection each")]
    public async Task<bool> Probe() =>
        await probe!.ProbeAsync(IPAddress.Parse(environment!.Health.Host), CancellationToken.None) is ProbeResponse.Healthy;
}
