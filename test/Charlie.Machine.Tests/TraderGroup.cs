using System.Globalization;
using Charlie.Sandbox.Context;
using Charlie.Sandbox.Ec2;
using Charlie.Sandbox.Instances.Machines;
using Charlie.Sandbox.Wire;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Production;

namespace Charlie.Machine.Tests;

/// <summary>One trader on a real machine, with both functions as processes, and all that its apps say of themselves.</summary>
internal sealed class TraderGroup : IAsyncDisposable
{
    /// <summary>The version that is confirmed before a test begins.</summary>
    public const string Old = "old";

    private readonly ContainerHost host;
    private readonly LocalAws aws;

    private TraderGroup(ContainerHost host, LocalAws aws, AppBeats beats) => (this.host, this.aws, Beats) = (host, aws, beats);

    public AppBeats Beats { get; }

    public IReadOnlyList<ApiCall> Calls => aws.Cloud.Endpoint.Calls;

    public IReadOnlyList<string> Alerts => aws.Alerts();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Starts it, and waits until the old version is confirmed and trades.</summary>
    public static async Task<TraderGroup> StartAsync(ContainerHost host, string strategy)
    {
        var options = RealAws.Options(host, $"{host.Registry}/bot");
        var settings = new Dictionary<string, string>(options.Machines!.Settings)
        {
            ["CHARLIE_LOCK_SECONDS"] = "500",
            ["CHARLIE_START_SECONDS"] = "3",
        };
        var beats = new AppBeats();
        var aws = await LocalAws.StartAsync(
            options with
            {
                Strategy = strategy,
                Timings = options.Timings with { ScheduleMinute = TimeSpan.FromSeconds(15) },
                Machines = options.Machines with { Settings = settings },
            },
            Cancellation);
        var group = new TraderGroup(host, aws, beats);
        try
        {
            await aws.InstallAsync(await host.PushAsync(Old, beats.Trader));
            await group.UntilReportedAsync("0.0", "Confirmed");
            return group;
        }
        catch
        {
            await group.DisposeAsync();
            throw;
        }
    }

    /// <summary>Builds an image, and puts the event of its push.</summary>
    public async Task<(string Release, string Image)> PushAsync(string version, string? program = null, string? preflight = null)
    {
        var image = await host.PushAsync(version, program ?? Beats.Trader, preflight);
        return (await PushAsync(new BotImage(version) { Name = image }), image);
    }

    /// <summary>Puts the event of an image's push, whether it is in the registry or not.</summary>
    public Task<string> PushAsync(BotImage image) => aws.Pipeline.PushAsync(image, Cancellation);

    public BotImage Missing => new("missing") { Name = $"{host.Registry}/bot@sha256:{new string('0', 64)}" };

    public Task UntilReportedAsync(string release, string outcome) =>
        aws.UntilReportedAsync(release, outcome, TimeProvider.System, Cancellation);

    public IEnumerable<string> ReportsOf(string release) =>
        aws.Reports().Where(report => (string?)report["release"] == release).Select(report => (string)report["outcome"]!);

    /// <summary>Waits until the group is one machine again, in service, and nothing is under way.</summary>
    public Task UntilAloneAsync() => UntilAsync("the group to be one machine again", () =>
    {
        lock (aws.Cloud.Gate)
        {
            var group = aws.Cloud.AutoScaling.Find(ProductionGroup.Name)!;
            return group.DesiredCapacity == 1 && group.Instances is [{ State: Sandbox.AutoScaling.LifecycleState.InService }]
                && aws.Cloud.Ec2.Instances.All.Count(machine => machine.State != InstanceState.Terminated) == 1;
        }
    });

    /// <summary>Waits until the app of a version says that it trades, for some lines from now on.</summary>
    public Task UntilTradesAsync(string version, int lines = 10)
    {
        var before = Traded();
        return UntilAsync($"version {version} to trade", () => Traded() >= before + lines);

        int Traded() => Beats.Runs.Where(run => run.Version == version && !run.HasEnded).Sum(run => run.Trading.Count);
    }

    /// <summary>Puts the app's secret, or takes it away.</summary>
    public void SetSecret(bool isThere)
    {
        lock (aws.Cloud.Gate)
        {
            aws.Cloud.Secrets.Secrets.Remove("bot");
            if (isThere)
            {
                aws.Cloud.Secrets.Put("bot", """{"BROKER_ACCOUNT": "paper"}""");
            }
        }
    }

    /// <summary>The ids of the machines that an image was launched on.</summary>
    public IReadOnlyList<string> MachinesOf(string image)
    {
        lock (aws.Cloud.Gate)
        {
            return [.. aws.Cloud.Ec2.Instances.All.Where(machine => machine.Tags["charlie:image"] == image).Select(machine => machine.Id)];
        }
    }

    /// <summary>What machines of an image called, in order.</summary>
    public IReadOnlyList<ApiCall> CallsOf(string image)
    {
        var callers = MachinesOf(image).Select(id => $"ASIA{id[^16..].ToUpperInvariant()}").ToHashSet();
        return [.. Calls.Where(call => call.Caller is { } caller && callers.Contains(caller))];
    }

    /// <summary>
    /// The machine to which the trade was handed over for a release, by its record tag; none where the last handover was not for
    /// that release, or came to nothing.
    /// </summary>
    public async Task<IReadOnlyList<string>> HandedOverAsync(string release)
    {
        var words = (await aws.Group.ReadRecordTagsAsync()).GetValueOrDefault("charlie:handover", "").Split(' ');
        return words is [_, var name, var to] && name == release && to != "-" ? [to] : [];
    }

    /// <summary>When a call was made, in seconds since the kernel's start, as the apps count.</summary>
    public static decimal AppTimeOf(ApiCall call)
    {
        var readings = Enumerable.Range(0, 10).Select(_ =>
        {
            var before = TimeProvider.System.GetUtcNow();
            var uptime = decimal.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture);
            return (Took: TimeProvider.System.GetUtcNow() - before, Now: before, Uptime: uptime);
        });
        var (_, now, uptime) = readings.MinBy(reading => reading.Took);
        return uptime - (decimal)(now - call.At).TotalSeconds;
    }

    public async ValueTask DisposeAsync()
    {
        await aws.DisposeAsync();
        await Beats.DisposeAsync();
    }

    private static Task UntilAsync(string what, Func<bool> isSo) =>
        LocalAws.UntilAsync(what, () => Task.FromResult(isSo()), TimeProvider.System, Cancellation);
}
