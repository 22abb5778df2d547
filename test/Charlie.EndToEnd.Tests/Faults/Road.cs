using System.Globalization;
using Charlie.EndToEnd.Tests.Fixture;
using Charlie.Sandbox.AutoScaling;

namespace Charlie.EndToEnd.Tests.Faults;

/// <summary>A way that a deployment goes from its event to its end.</summary>
internal enum Road
{
    /// <summary>A push that is confirmed.</summary>
    GoodPush,

    /// <summary>A push whose app cannot start: given up at its launch hook.</summary>
    BadPush,

    /// <summary>A push whose app exits after it went in service.</summary>
    DiesInTheBake,

    /// <summary>A confirmed release that an operator wants gone.</summary>
    RequestedRollback,
}

/// <summary>How a road ends, whatever went wrong on it.</summary>
/// <param name="Release">The release that was pushed, or has to go.</param>
/// <param name="Runs">The release that is in service at the end.</param>
internal sealed record Ending(Road Road, string Release, string Runs)
{
    public bool IsRejection => Road != Road.GoodPush;

    /// <summary>How often an instance leaves service: no push takes away more than what it replaces.</summary>
    public int Departures => Road == Road.DiesInTheBake ? 2 : 1;

    /// <summary>What is not as it must be at the end; nothing once the road is over.</summary>
    public IEnumerable<string> FlawsOf(CloudView seen)
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

        foreach (var flaw in MarkFlaws(seen))
        {
            yield return flaw;
        }

        if (seen.GivenUp > 0)
        {
            yield return $"{seen.GivenUp} event(s) were given up";
        }
    }

    private IEnumerable<string> MarkFlaws(CloudView seen)
    {
        var mark = seen.Marks.GetValueOrDefault($"charlie:confirmed:{Release}");
        if (Road is Road.GoodPush or Road.RequestedRollback)
        {
            if (mark?.Split(' ')[0] != seen.VersionsOf(Release).FirstOrDefault().ToString(CultureInfo.InvariantCulture))
            {
                yield return $"the confirmed mark of release {Release} is '{mark}'";
            }
        }
        else if (mark is not null)
        {
            yield return $"release {Release} has a confirmed mark";
        }

        var floors = seen.Marks.Keys.Where(key => key.StartsWith($"charlie:floor:{Release}:", StringComparison.Ordinal)).ToArray();
        if (IsRejection ? floors is not [var floor] || floor != $"charlie:floor:{Release}:{Runs}" : floors.Length > 0)
        {
            yield return $"the floors of release {Release} are [{string.Join(", ", floors)}]";
        }
    }

    private static string Show(CloudView seen) =>
        $"[{string.Join(", ", seen.Members.Select(member => $"{member.Id} {LifecycleStates.NameOf(member.State)} {member.Release}"))}]";
}
