using Charlie.Sandbox;
using Charlie.Sandbox.Context;
using Charlie.Sandbox.EventBridge;
using Charlie.Sandbox.Events;
using Charlie.Sandbox.Wire;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Production;

namespace Charlie.Simulation.Scenarios;

/// <summary>Loses a third of all events and kills the functions' processes in the middle of their calls, until it is stopped.</summary>
internal sealed class LiveFaultInjector : IAsyncDisposable
{
    private const double LostShare = 1.0 / 3;

    // A sweep makes some three calls, a watch more of them.
    private const int LastCall = 6;

    private static readonly string[] Functions = ["Refresh", "Lifecycle"];
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1000);

    private readonly LocalAws aws;
    private readonly TimeProvider time;
    private readonly Random random;
    private readonly Lock gate = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly Task work;
    private readonly HashSet<string> lostReleases = [];
    private bool stopped;

    public LiveFaultInjector(LocalAws aws, int seed, TimeProvider time)
    {
        (this.aws, this.time, random) = (aws, time, new Random(seed));
        aws.Events.Faults.Drop = Loses;
        aws.Timeline.Recorded += Count;
        work = KillAsync();
    }

    public int Events { get; private set; }

    public int Lost { get; private set; }

    public int Kills { get; private set; }

    /// <summary>Whether the event of a release's job was lost.</summary>
    public bool HasLost(string release)
    {
        lock (gate)
        {
            return lostReleases.Contains(release);
        }
    }

    /// <summary>From now on all goes well.</summary>
    public async Task StopAsync()
    {
        lock (gate)
        {
            stopped = true;
        }

        await stopping.CancelAsync();
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        aws.Cloud.Faults.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        aws.Timeline.Recorded -= Count;
        stopping.Dispose();
    }

    private bool Loses(BusEvent @event)
    {
        lock (gate)
        {
            var lost = !stopped && random.NextDouble() < LostShare;
            Events += stopped ? 0 : 1;
            Lost += lost ? 1 : 0;
            if (lost && @event.DetailType == Pipeline.DetailType)
            {
                lostReleases.Add(Pipeline.ReleaseOf(@event.Detail));
            }

            return lost;
        }
    }

    private async Task KillAsync()
    {
        while (true)
        {
            TimeSpan wait;
            lock (gate)
            {
                wait = Pause * (1 + (3 * random.NextDouble()));
                if (aws.Cloud.Faults.Waiting.Count < Functions.Length)
                {
                    aws.Cloud.Faults.Arm(new Fault(
                        FaultAction.Kill,
                        Functions[random.Next(Functions.Length)],
                        random.Next(1, LastCall + 1),
                        random.Next(2) == 0 ? FaultMoment.Before : FaultMoment.After));
                }
            }

            await Task.Delay(wait, time, stopping.Token);
        }
    }

    private void Count(TimelineEntry entry)
    {
        if (entry.Kind == "FaultStruck")
        {
            lock (gate)
            {
                Kills++;
            }
        }
    }
}
