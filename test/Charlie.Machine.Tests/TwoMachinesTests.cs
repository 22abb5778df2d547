using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Charlie.Sandbox.Ec2;

namespace Charlie.Machine.Tests;

/// <summary>The app runs on one machine only, at every moment: before, while and after one machine takes over from another.</summary>
public sealed class TwoMachinesTests(ContainerHost host)
{
    // Closing positions takes its time: the next machine must not start meanwhile.
    private const string SlowToClose = """
        #!/bin/sh
        httpd -f -p "$PORT" -h /app/www &
        server=$!
        trap 'sleep 2; kill $server; exit 0' TERM
        wait $server
        """;

    [LongTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_machine_runs_the_app_at_every_moment(bool withAddress)
    {
        var settings = new Dictionary<string, string> { ["CHARLIE_PARAMETER"] = "/charlie/charlie/machine" };
        await using var machines =
            await MachineGroup.StartAsync(host, await host.PushAsync($"4.{withAddress}", SlowToClose), settings, (cloud, _) =>
        {
            cloud.Secrets.Put("registry", ContainerHost.Login);
            var address = withAddress ? cloud.Ec2.Addresses.Allocate().AllocationId : "";
            cloud.Secrets.PutParameter(
                "/charlie/charlie/machine",
                JsonSerializer.Serialize(
                    new { registrySecret = "registry", address, singleton = true, lockSeconds = 500, preflight = "none" }),
                "String");
        }, size: 2, termination: TimeSpan.FromHours(1));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var samples = new ConcurrentBag<int>();
        var sampling = SampleAsync(machines, samples, over.Token);

        var first = await TraderAsync(machines, except: null);
        await machines.TerminateAsync(first);
        var second = await TraderAsync(machines, except: first);
        // The engine lists its containers as fast as it can: what counts is that it did before, between and after.
        var before = samples.Count;
        await machines.UntilAsync(() => Task.FromResult(samples.Count >= before + 2), "a sample of the second trader");
        await over.CancelAsync();
        await sampling;

        Assert.NotEqual(first.Id, second.Id);
        Assert.All(samples, running => Assert.InRange(running, 0, 1));
        Assert.Contains(0, samples);
        Assert.Contains(1, samples);

        // The second waited for the word of the first, and not until EC2 called it terminated.
        Assert.Equal(InstanceState.ShuttingDown, first.State);
        var at = machines.Cloud.Timeline.From(0).Select((entry, index) => (entry, index))
            .Single(one => one.entry.Kind == "TagsCreated" && one.entry.Subject == first.Id
                && one.entry.Data!.ContainsKey("charlie:app-stopped-at")).index;
        Assert.DoesNotContain(
            machines.Cloud.Timeline.From(0).Take(at),
            entry => entry.Kind == "TagsCreated" && entry.Subject == second.Id && entry.Data!.ContainsKey("charlie:app-started-at"));

        // The role of the instances may do what the two called in their own names, none missing and none to spare. It keeps
        // both kinds of lock, so that a change of the stack takes neither from a machine that has it.
        var called = machines.Cloud.Endpoint.Calls
            .Where(call => call.Caller?.StartsWith("ASIA", StringComparison.Ordinal) == true)
            .Select(call => $"{call.Service}:{call.Action}").Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(
            InstanceRole.Actions("HasSecret", "IsSingleton")
                .Where(action => withAddress || !action.Contains("Address", StringComparison.Ordinal)), called);
    }

    private async Task SampleAsync(MachineGroup machines, ConcurrentBag<int> samples, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            var ours = machines.Instances.Select(machine => $"charlie-{machine.Id}-").ToList();
            var running = (await host.DockerAsync("", "ps", "--format", "{{.Names}}")).OutputOrThrow()
                .Split('\n', StringSplitOptions.RemoveEmptyEntries);
            samples.Add(running.Count(name => ours.Exists(prefix => name.StartsWith(prefix, StringComparison.Ordinal))));
        }
    }

    private static async Task<Ec2Instance> TraderAsync(MachineGroup machines, Ec2Instance? except)
    {
        Ec2Instance? trader = null;
        await machines.UntilAsync(
            async () =>
            {
                foreach (var machine in machines.Instances.Where(machine => machine.Id != except?.Id))
                {
                    trader = (await machines.ProbeAsync(machine)).Status == HttpStatusCode.OK ? machine : trader;
                }

                return trader is not null;
            },
            "a machine to trade");
        return trader!;
    }
}
