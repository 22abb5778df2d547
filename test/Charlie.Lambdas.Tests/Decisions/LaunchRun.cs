using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>The watch of a launch, in a group whose states and responses a test writes down by the time since the watch began.</summary>
internal sealed class LaunchRun
{
    private const int MaxSteps = 1000;

    private readonly DateTimeOffset startedAt = Arbitrary.Noon.AddMinutes(5);
    private readonly List<(TimeSpan At, string What)> transcript = [];
    private DateTimeOffset now = Arbitrary.Noon.AddMinutes(5);

    /// <summary>What is recorded, by time.</summary>
    public required Func<TimeSpan, Records> Records { get; init; }

    /// <summary>The instances that the group lists, by time.</summary>
    public required Func<TimeSpan, GroupInstance[]> Group { get; init; }

    /// <summary>What an instance responds, by its id and the time.</summary>
    public required Func<string, TimeSpan, ProbeResponse> Respond { get; init; }

    public PolicySettings Settings { get; init; } = new(
        false, new Strategy.Replace(), Arbitrary.Rules with { BakeTime = TimeSpan.FromSeconds(5) });

    /// <summary>How long before the watch its machines were launched.</summary>
    public TimeSpan Launched { get; init; } = TimeSpan.FromSeconds(10);

    public int DesiredCapacity { get; init; } = 1;

    /// <summary>What the watch did, one line for each time: the seconds since it began, and what.</summary>
    public string Transcript => string.Join('\n', transcript.GroupBy(line => line.At, line => line.What).Select(steps =>
        string.Create(CultureInfo.InvariantCulture, $"{steps.Key.TotalSeconds:0.##} {string.Join(", ", steps)}")));

    public RunResult Watch(string launch, TimeSpan available)
    {
        for (var state = new WatchState(launch, now, available); transcript.Count < MaxSteps;)
        {
            (state, var step) = WatchPolicy.Next(state, Settings, now);
            switch (step)
            {
                case WatchStep.ReadAll:
                    Tell("read all");
                    state = state with { LastSnapshot = Read(state.LastSnapshot, now, Records(now - startedAt)) };
                    break;
                case WatchStep.ReadGroup:
                    Tell("read the group");
                    state = state with { LastSnapshot = Read(state.Snapshot, state.Snapshot.RecordsReadAt, state.Snapshot.Records) };
                    break;
                case WatchStep.Probe probe:
                    Tell($"probe {string.Join(' ', probe.Instances)}".TrimEnd());
                    state = state with
                    {
                        LastSnapshot = state.Snapshot.After(
                            probe.Instances.Select(id => new ProbeResult(id, Respond(id, now - startedAt), now)).ToArray()),
                    };
                    break;
                case WatchStep.Act act:
                    Tell(act.Action is AwsAction.RecordAttempts attempts
                        ? $"attempt {attempts.Attempts.Count}: {attempts.Attempts.LastFailure}"
                        : act.Action is AwsAction.DeleteRecordTags delete ? $"delete {string.Join(' ', delete.Keys)}"
                        : act.Action.GetType().Name);
                    state = state with { LastSnapshot = state.Snapshot.After(act.Action, true, now) };
                    break;
                case WatchStep.Wait wait:
                    Tell(string.Create(CultureInfo.InvariantCulture, $"wait {wait.For.TotalSeconds:0.##}"));
                    now += wait.For;
                    break;
                case WatchStep.Stop stop:
                    Tell(stop.Result is RunResult.NothingToDo nothing ? nothing.Why : stop.Result.GetType().Name);
                    return stop.Result;
                default:
                    throw new InvalidOperationException($"A watch does not {step}.");
            }
        }

        throw new InvalidOperationException($"The watch has no end: {Transcript}");
    }

    private Snapshot Read(Snapshot? before, DateTimeOffset recordsReadAt, Records records)
    {
        var group = new Group("charlie", DesiredCapacity, 3, [.. Group(now - startedAt)]);
        var entered = before?.Done.FirstOrDefault(done => done.Action is AwsAction.RecordInService)?.At;
        return new Snapshot(recordsReadAt, now, records, group)
        {
            Details = group.Instances.ToImmutableDictionary(
                instance => instance.Id,
                instance => new InstanceDetails(instance.Id, IPAddress.Loopback, startedAt - Launched, entered)),
            Evidence = before?.Evidence ?? ImmutableDictionary<string, HealthEvidence>.Empty,
            Done = before?.Done ?? [],
        };
    }

    private void Tell(string what) => transcript.Add((now - startedAt, what));
}
