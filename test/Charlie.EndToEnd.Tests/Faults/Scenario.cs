using System.Globalization;
using Charlie.EndToEnd.Tests.Fixture;
using Charlie.Sandbox.AutoScaling;

namespace Charlie.EndToEnd.Tests.Faults;

/// <summary>The course of a deployment, from its event to its end.</summary>
internal enum Scenario
{
    /// <summary>A push that is confirmed.</summary>
    GoodPush,

    /// <summary>A push whose app cannot start: abandoned at its launch hook.</summary>
    BadPush,

    /// <summary>A push whose app exits after it went in service.</summary>
    DiesInTheBake,

    /// <summary>A confirmed release that an operator wants gone.</summary>
    RequestedRollback,
}

/// <summary>How a scenario ends, whatever fault was injected.</summary>
/// <param name="Release">The release that was pushed, or has to go.</param>
/// <param name="Runs">The release that is in service at the end.</param>
internal sealed record Ending(Scenario Scenario, string Release, string Runs)
{
    public bool IsRejection => Scenario != Scenario.GoodPush;

    /// <summary>How often an instance leaves service: no push takes away more than what it replaces.</summary>
    public int Departures => Scenario == Scenario.DiesInTheBake ? 2 : 1;

    /// <summary>The violations at the end; none once the scenario is over.</summary>
    public IEnumerable<string> ViolationsOf(CloudView seen)
    {
        if (seen.Members is not [{ State: LifecycleState.InService } only])
        {
            yield return $"the group is not one instance in service but {Show(seen)}";
        }
        else if (only.Release != Runs)
        {
            yield return $"release {only.Release} runs and not {Runs}";
        }

        if (seen.Members.Sum(member => member.Actions) is > 0 and var hanging)
        {
            yield return $"{hanging} lifecycle action(s) hang";
        }

        if (seen.Alive != 1)
        {
            yield return $"{seen.Alive} machines are alive";
        }

        if (seen.VersionsOf(Release) is not [_])
        {
            yield return $"release {Release} has {seen.VersionsOf(Release).Length} versions";
        }

        if (seen.VersionsOf(Runs) is not [var version] || !seen.IsPinned(version))
        {
            yield return $"version {seen.Pin} is pinned and not that of release {Runs}";
        }

        foreach (var violation in TagViolations(seen))
        {
            yield return violation;
        }

        if (seen.GivenUp > 0)
        {
            yield return $"{seen.GivenUp} event(s) were given up";
        }
    }

    private IEnumerable<string> TagViolations(CloudView seen)
    {
        var recordTag = seen.RecordTags.GetValueOrDefault($"charlie:confirmed:{Release}");
        if (Scenario is Scenario.GoodPush or Scenario.RequestedRollback)
        {
            if (recordTag?.Split(' ')[0] != seen.VersionsOf(Release).FirstOrDefault().ToString(CultureInfo.InvariantCulture))
            {
                yield return $"the confirmed tag of release {Release} is '{recordTag}'";
            }
        }
        else if (recordTag is not null)
        {
            yield return $"release {Release} has a confirmed tag";
        }

        var rejections = seen.RecordTags.Keys
            .Where(key => key.StartsWith($"charlie:rejected:{Release}:", StringComparison.Ordinal))
            .ToArray();
        if (IsRejection ? rejections is not [var rejection] || rejection != $"charlie:rejected:{Release}:{Runs}" : rejections.Length > 0)
        {
            yield return $"the rejections of release {Release} are [{string.Join(", ", rejections)}]";
        }
    }

    private static string Show(CloudView seen) =>
        $"[{string.Join(", ", seen.Members.Select(member => $"{member.Id} {LifecycleStates.NameOf(member.State)} {member.Release}"))}]";
}
