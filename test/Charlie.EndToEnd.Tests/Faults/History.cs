using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Charlie.EndToEnd.Tests.Fixture;
using Charlie.Sandbox;
using Charlie.Sandbox.AutoScaling;
using Charlie.Sandbox.Context;
using Charlie.Simulation.Environments;

namespace Charlie.EndToEnd.Tests.Faults;

/// <summary>Who was in service, from a group's history.</summary>
/// <param name="Departed">The releases of the instances that left service, in order.</param>
/// <param name="CameBack">The releases that went in service again after that.</param>
internal sealed record Service(
    IReadOnlyList<string> Violations, IReadOnlyList<string> Departed, IReadOnlySet<string> CameBack, int Launches);

/// <summary>What happened since a moment: the timeline, the calls and the reports, and what must never show in them.</summary>
internal sealed class History
{
    private static readonly string InService = LifecycleStates.NameOf(LifecycleState.InService);

    // A scenario takes fifty entries; what comes much later is the sweep going round.
    private const int MaxEntries = 150;

    private readonly LocalAws aws;
    private readonly int firstEntry;
    private readonly int firstCall;
    private readonly int firstInvocation;
    private readonly ImmutableDictionary<string, string> releases;
    private readonly ImmutableHashSet<string> inService;

    private History(LocalAws aws)
    {
        this.aws = aws;
        lock (aws.Cloud.Gate)
        {
            var seen = CloudView.Of(aws);
            inService = [.. seen.Members.Where(member => member.State == LifecycleState.InService).Select(member => member.Id)];
            releases = seen.Members.ToImmutableDictionary(member => member.Id, member => member.Release);
            firstEntry = aws.Timeline.From(0).Count;
            firstCall = aws.Cloud.Endpoint.Calls.Count;
            firstInvocation = aws.Events.Invocations.Records.Count;
        }
    }

    public IReadOnlyList<TimelineEntry> Entries => aws.Timeline.From(firstEntry);

    public static History Begin(LocalAws aws) => new(aws);

    /// <summary>The operations that a function called, in order.</summary>
    public IReadOnlyList<string> CallsOf(string function) =>
        [.. aws.Cloud.Endpoint.Calls.Skip(firstCall).Where(call => call.Caller == function).Select(call => call.Action)];

    /// <summary>What must not have happened on the way to an ending.</summary>
    public IEnumerable<string> ViolationsOf(Ending ending)
    {
        var served = Served(release => ending.Scenario == Scenario.BadPush && release == ending.Release);
        foreach (var violation in served.Violations)
        {
            yield return violation;
        }

        if (served.Departed.Count != ending.Departures)
        {
            yield return $"{served.Departed.Count} instances left service and not {ending.Departures}";
        }

        if (ending.IsRejection && served.CameBack.Contains(ending.Release))
        {
            yield return $"the rejected release {ending.Release} came back";
        }

        if (ending.Scenario is Scenario.GoodPush or Scenario.RequestedRollback && served.Launches != 1)
        {
            yield return $"{served.Launches} instances were launched where one was enough";
        }
    }

    /// <summary>Who was in service, and what must not show there in any scenario.</summary>
    /// <param name="isBad">Whether a release can never have been healthy.</param>
    public Service Served(Func<string, bool> isBad)
    {
        var (running, held, launches) = (inService, ImmutableHashSet<string>.Empty, 0);
        var (departed, cameBack) = (new List<string>(), new HashSet<string>());
        var violations = new List<string>();
        foreach (var entry in Entries.Where(entry => entry.Kind == "LifecycleStateChanged"))
        {
            var (id, state) = (entry.Subject, entry.Data!["state"]);
            if (state == InService)
            {
                running = running.Add(id);
                var release = ReleaseOf(id);
                violations.AddRange(running.Count > 1 ? [$"{string.Join(" and ", running)} were in service at once"] : []);
                violations.AddRange(held.Contains(id) ? [] : [$"{id} went in service past its launch hook"]);
                violations.AddRange(isBad(release) ? [$"release {release} went in service, and cannot have been healthy"] : []);
                if (departed.Contains(release))
                {
                    cameBack.Add(release);
                }
            }
            else if (running.Contains(id))
            {
                running = running.Remove(id);
                departed.Add(ReleaseOf(id));
            }
            else if (state == LifecycleStates.NameOf(LifecycleState.PendingWait))
            {
                held = held.Add(id);
            }
            else if (state == LifecycleStates.NameOf(LifecycleState.Pending))
            {
                launches++;
            }
        }

        return new Service(violations, departed, cameBack, launches);
    }

    /// <summary>Reports that say what is not so. A kill may lose a report; none may lie.</summary>
    public IEnumerable<string> UntrueReports(Ending ending)
    {
        var let = Entries
            .Where(entry => entry.Kind == "LifecycleStateChanged" && entry.Data!["state"] == InService)
            .Select(entry => entry.Subject)
            .ToHashSet();
        var recordTags = CloudView.Of(aws).RecordTags;
        foreach (var report in CloudView.ReportsFrom(aws, firstInvocation))
        {
            var (outcome, release) = ((string?)report["outcome"], (string?)report["release"]);
            var isTrue = outcome switch
            {
                // All clear: the app may have been down since the scenario before this one.
                "NothingToDo" or "Started" or "AlreadyCurrent" or "AllClear" => true,
                "InstanceReady" => let.Contains((string?)report["instanceId"] ?? ""),
                "Confirmed" => recordTags.ContainsKey($"charlie:confirmed:{release}"),
                // A rejection begins with the release that was desired. The sweep reports a requested one, maybe a run later.
                "RolledBack" => recordTags.Any(recordTag => recordTag.Key.StartsWith("charlie:rejected:", StringComparison.Ordinal)
                    && recordTag.Value.StartsWith($"{release} ", StringComparison.Ordinal)),
                // The event of a rejected release, retried after its rollback.
                "Stale" => ending.IsRejection && release == ending.Release,
                _ => false,
            };
            if (!isTrue)
            {
                yield return $"untrue report: {report.ToJsonString()}";
            }
        }
    }

    /// <summary>The timeline as text.</summary>
    public string Tell()
    {
        var timeline = new StringBuilder();
        var entries = Entries;
        foreach (var entry in entries.Where(entry => !entry.Text.Contains("no rule matched", StringComparison.Ordinal)).Take(MaxEntries))
        {
            timeline.AppendLine(CultureInfo.InvariantCulture,
                $"  {(entry.At - entries[0].At).TotalSeconds,7:0.000} {entry.Source,-11} {entry.Text} {entry.Caller}");
        }

        return timeline.ToString();
    }

    private string ReleaseOf(string id)
    {
        lock (aws.Cloud.Gate)
        {
            return releases.GetValueOrDefault(id)
                ?? aws.Cloud.Ec2.Instances.Find(id)?.Version.Data.InstanceTags.GetValueOrDefault("charlie:release", "0.0")
                ?? "";
        }
    }
}
