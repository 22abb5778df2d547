using Charlie.Sandbox.AutoScaling;
using Charlie.Simulation.Environments;
using Charlie.Simulation.Oracles;
using Charlie.Simulation.Production;

namespace Charlie.Simulation.Checks;

/// <summary>
/// People are told that the app does not run: by the machines' own truth, looked at each minute, and by the notifications
/// that left. While faults last, sweeps may be lost; they must be told within the time after that.
/// </summary>
internal sealed class DownInvariant
{
    // A quarter of an hour, the sweep's minute, and a sweep that watches a silence first.
    private static readonly TimeSpan MaxSilence = TimeSpan.FromMinutes(20);

    // STUCK repeats each quarter of an hour; two sweeps of one moment may both tell.
    private const int MaxTold = 2;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // Without a common measure, so that an app that flaps in any period is not met down each time.
    private static readonly TimeSpan[] Looks =
        [.. ((double[])[0, 7.3, 13.9, 22.6, 31.7, 41.2, 53.3]).Select(TimeSpan.FromSeconds)];

    // A sweep that began before the group closed may still tell; one that watches a silence takes four minutes. Notify may fail twice,
    // and comes again after one minute and after two.
    private static readonly TimeSpan Closing = TimeSpan.FromMinutes(10);

    private readonly SimulatedEnvironment environment;
    private readonly Oracle oracle;
    private readonly Action<string> fail;
    private DateTimeOffset? downSince;
    private DateTimeOffset? closedSince;

    public DownInvariant(SimulatedEnvironment environment, Oracle oracle, Action<string> fail)
    {
        (this.environment, this.oracle, this.fail) = (environment, oracle, fail);
        Next();
    }

    private DateTimeOffset Now => environment.Time.GetUtcNow();

    private void Next() => environment.Cloud.Scheduler.After(Minute, () =>
    {
        Check();
        Next();
    });

    private void Check()
    {
        if (environment.Group.DesiredCapacity == 0 || oracle.Requests.IsStopped)
        {
            (downSince, closedSince) = (null, closedSince ?? Now);
            if (Now - closedSince > Closing && Messages(Minute).Any(IsStuck))
            {
                fail($"STUCK was notified although no instance should run since {closedSince:HH:mm:ss}");
            }

            return;
        }

        closedSince = null;
        if (IsUp())
        {
            downSince = null;
            return;
        }

        downSince ??= Now;
        if (environment.Faults.StoppedAt is not { } stopped || Now - stopped < MaxSilence || Now - downSince < MaxSilence)
        {
            return;
        }

        var messages = Messages(MaxSilence).ToList();
        if (messages.Count == 0)
        {
            fail($"no healthy instance has been in service since {downSince:HH:mm:ss}, and nothing was notified for {MaxSilence}");
        }
        // A sweep's event that is doubled makes two sweeps at once, which say the same.
        else if (messages.Where(IsStuck).Distinct().Count() > MaxTold)
        {
            fail($"STUCK was notified more than {MaxTold} times within {MaxSilence}");
        }
    }

    private IEnumerable<string> Messages(TimeSpan within) =>
        environment.Topics.All.SelectMany(topic => topic.Messages)
            .Where(message => message.PublishedAt >= Now - within)
            .Select(message => message.Subject ?? "");

    private static bool IsStuck(string subject) => subject.StartsWith($"[{ProductionGroup.Name}] STUCK ", StringComparison.Ordinal);

    // An app that turns with the minute would be seen in one of its states only.
    private bool IsUp() => environment.Group.Instances.Any(instance =>
        instance.State == LifecycleState.InService
        && Looks.Any(ago => environment.Images.ResponseOf(instance.Machine, Now - ago).Status == 200));
}
