namespace Charlie.Simulation.Tests.Mistakes;

/// <summary>
/// The seed that found each mistake the last time. It is tried first, since that one finds it proves that the seeds from 1 on do;
/// where it does not any more, all of them are tried. The tests' output has the lines for this table.
/// </summary>
internal static class KnownSeeds
{
    private static readonly Dictionary<string, int> Seeds = new()
    {
        ["abandon before the rejection"] = 7,
        ["admit an instance without reading again"] = 2,
        ["call a closed group down"] = 37,
        ["call a repeated rollback request stale"] = 215,
        ["call a stopped app down"] = 79,
        ["compare version numbers for age"] = 10,
        ["confirm a group by one of its instances"] = 7,
        ["confirm an empty group"] = 1,
        ["confirm before the bake"] = 2,
        ["count a confirmation that came after a rejection"] = 700,
        ["count a machine as lost before its record can be read"] = 44,
        ["count the health time from the launch"] = 14,
        ["deploy a push that was overtaken"] = 2,
        ["drop a report"] = 9,
        ["drop a request to restart"] = 11,
        ["drop a request to resume"] = 18,
        ["drop a request to start"] = 23,
        ["drop a rollback"] = 2,
        ["drop every second push"] = 1,
        ["fail where another run made the version"] = 119,
        ["fail where another run terminates the instance"] = 16,
        ["drop a request to hold"] = 27,
        ["fall back across pipelines"] = 71,
        ["fall back to a rejected release"] = 15,
        ["forget the failures of a release that became healthy"] = 132,
        ["forget a release's first launch"] = 116,
        ["forget holds"] = 1,
        ["forget where an operator went back to"] = 19,
        ["forgive a flapping app for ever"] = 210,
        ["ignore the image that runs"] = 30,
        ["judge a release by an outage that was there before it"] = 48,
        ["judge against the pin"] = 11,
        ["keep silent about a push that came too late"] = 1,
        ["launch while stopped"] = 2,
        ["leave a refresh towards another release"] = 14,
        ["leave a rollback to an undesired release"] = 146,
        ["leave a sick confirmed release alone"] = 190,
        ["leave the launches suspended"] = 23,
        ["let a resume end every hold"] = 27,
        ["let the greatest rejected release sink"] = 103,
        ["never read again whether a silent machine had run the app"] = 499,
        ["never restart"] = 14,
        ["never tell that the app is down"] = 59,
        ["no ClientToken"] = 23,
        ["no sweep"] = 9,
        ["one shared tag for all rejections"] = 9,
        ["one successful probe is enough"] = 2,
        ["order releases by pipeline"] = 1,
        ["pin before a rolling refresh"] = 7,
        ["prune what the desired release rests on"] = 282,
        ["reject a confirmed release"] = 16,
        ["reject a healthy instance at its deadline"] = 14,
        ["reject a release for an infrastructure failure"] = 10,
        ["report a duplicate as a push that came too late"] = 8,
        ["roll back to the base"] = 2,
        ["run a rejected release again"] = 10,
        ["swallow a throttle"] = 523,
        ["take a slow boot for a failure of the app"] = 5,
        ["tell each minute that the app is down"] = 59,
        ["the newest instead of the confirmed version"] = 11,
        ["wait for ever for an app that each sweep finds healthy again"] = 417,
    };

    /// <summary>All seeds within which a mistake must be found, the known one first.</summary>
    public static IEnumerable<int> First(Mistake mistake)
    {
        var all = Enumerable.Range(1, mistake.Within);
        return Seeds.TryGetValue(mistake.Name, out var known) && known <= mistake.Within
            ? all.Where(seed => seed != known).Prepend(known)
            : all;
    }
}
