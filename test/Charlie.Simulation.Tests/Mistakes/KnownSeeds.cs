namespace Charlie.Simulation.Tests.Mistakes;

/// <summary>
/// The seed that found each mistake the last time. It is tried first, since that one finds it proves that the seeds from 1 on do;
/// where it does not any more, all of them are tried. The tests' output has the lines for this table.
/// </summary>
internal static class KnownSeeds
{
    private static readonly Dictionary<string, int> Seeds = new()
    {
        ["abandon before the rejection"] = 10,
        ["admit an instance without reading again"] = 2,
        ["call a closed group down"] = 37,
        ["call a repeated rollback request stale"] = 215,
        ["call a stopped app down"] = 79,
        ["compare version numbers for age"] = 10,
        ["confirm a group by one of its instances"] = 41,
        ["confirm an empty group"] = 1,
        ["confirm before the bake"] = 2,
        ["count a confirmation that came after a rejection"] = 65,
        ["count a machine as lost before its record can be read"] = 44,
        ["count the health time from the launch"] = 24,
        ["deploy a push that was overtaken"] = 2,
        ["drop a report"] = 9,
        ["drop a request to hold"] = 27,
        ["drop a request to restart"] = 11,
        ["drop a request to resume"] = 18,
        ["drop a request to start"] = 23,
        ["drop a rollback"] = 7,
        ["drop every second push"] = 1,
        ["fail where another run made the version"] = 2,
        ["fail where another run terminates the instance"] = 53,
        ["fall back across pipelines"] = 71,
        ["fall back to a rejected release"] = 19,
        ["forget a release's first launch"] = 116,
        ["forget holds"] = 1,
        ["forget the failures of a release that became healthy"] = 132,
        ["forget where an operator went back to"] = 19,
        ["forgive a flapping app for ever"] = 210,
        ["hand over and keep the extra capacity"] = 10,
        ["hand over at the first probe that says prepared"] = 10,
        ["hand over before the new machine is prepared"] = 56,
        ["ignore the image that runs"] = 30,
        ["judge a release by an outage that was there before it"] = 48,
        ["judge against the pin"] = 11,
        ["keep silent about a push that came too late"] = 1,
        ["launch while stopped"] = 2,
        ["leave a handover open"] = 5,
        ["leave a push that was overtaken running in GitLab"] = 2,
        ["leave a refresh towards another release"] = 7,
        ["leave a rollback to an undesired release"] = 206,
        ["leave a sick confirmed release alone"] = 190,
        ["leave every alarm alone"] = 213,
        ["leave the extra capacity"] = 200,
        ["leave the launches suspended"] = 23,
        ["leave the protection on"] = 128,
        ["let a late report overwrite what GitLab shows"] = 109,
        ["let a resume end every hold"] = 27,
        ["let the greatest rejected release sink"] = 76,
        ["never read again whether a silent machine had run the app"] = 499,
        ["never restart"] = 14,
        ["never tell that the app is down"] = 59,
        ["no ClientToken"] = 2,
        ["no sweep"] = 9,
        ["one shared tag for all rejections"] = 9,
        ["one successful probe is enough"] = 2,
        ["order releases by pipeline"] = 1,
        ["overwrite a capacity that a person set"] = 135,
        ["pin before a rolling refresh"] = 7,
        ["prune what the desired release rests on"] = 321,
        ["raise the capacity and leave the trader without protection"] = 5,
        ["raise the capacity without a record of it"] = 5,
        ["reject a confirmed release"] = 16,
        ["reject a healthy instance at its deadline"] = 15,
        ["reject a release for an infrastructure failure"] = 10,
        ["report a duplicate as a push that came too late"] = 8,
        ["roll back for an alarm before its release was in service"] = 747,
        ["roll back for an alarm of a confirmed release"] = 46,
        ["roll back to the base"] = 107,
        ["run a rejected release again"] = 10,
        ["set a status of GitLab's that is shown already"] = 2,
        ["swallow a call of GitLab without a response"] = 11,
        ["swallow a throttle"] = 94,
        ["swallow an error of GitLab's server"] = 275,
        ["take a mail for sent that SNS refused"] = 24,
        ["take a prepared machine for a healthy one"] = 1,
        ["take a slow boot for a failure of the app"] = 5,
        ["take a state of GitLab's that is so already for an error"] = 4,
        ["take every restart for done after the first"] = 5,
        ["tell GitLab of a success at the start"] = 2,
        ["tell GitLab of what was overtaken at a start only"] = 192,
        ["tell each minute that the app is down"] = 59,
        ["tell everything twice"] = 1,
        ["terminate the trader first"] = 19,
        ["the newest instead of the confirmed version"] = 11,
        ["wait for ever for an app that each sweep finds healthy again"] = 1265,
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
