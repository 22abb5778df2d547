using Charlie.Lambdas.Decisions;
using CsCheck;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>Generators of records and groups: few releases, so that versions, confirmations and rejections meet.</summary>
internal static class Arbitrary
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The default times of a stack.</summary>
    public static readonly HealthRules Rules = new(
        3,
        MachineDeadline: TimeSpan.FromSeconds(480),
        StartTime: TimeSpan.FromSeconds(60),
        HealthDeadline: TimeSpan.FromSeconds(300),
        BakeTime: TimeSpan.FromSeconds(60),
        DeploymentDeadline: TimeSpan.FromSeconds(1800));

    public static readonly Gen<Release> Release =
        Gen.Select(Gen.Long[1, 4], Gen.Long[1, 2]).Select((pipeline, job) => new Release(pipeline, job));

    private static readonly string[] States =
        ["Pending", "Pending:Wait", "Pending:Proceed", "InService", "Terminating", "Terminating:Wait", "Standby"];

    private static readonly string[] RefreshStates =
    [
        "Pending", "InProgress", "Baking", "Cancelling", "RollbackInProgress",
        "Successful", "Failed", "Cancelled", "RollbackSuccessful", "RollbackFailed",
    ];

    private static readonly Gen<DateTimeOffset> Time = Gen.Int[0, 3600].Select(seconds => Noon.AddSeconds(seconds));

    /// <summary>Records as Charlie's own writes make them: a base, some pushes, confirmations of what has a version, rejections.</summary>
    public static readonly Gen<Records> Records =
        Gen.Select(Release.HashSet[0, 6], Gen.Bool.Array[7], Rejections()).Select((pushed, confirmed, rejections) =>
        {
            var versions = pushed.Order().Prepend(Charlie.Lambdas.Decisions.Release.Base)
                .Select((release, index) => Version(index + 1, release))
                .ToArray();
            return new Records(
                [.. versions],
                [
                    .. versions.Where((_, index) => confirmed[index])
                        .Select(version => new Confirmation(version.Release, version.Number, Noon)),
                ],
                [.. rejections.Where(rejection => rejection.Fallback < rejection.Through).DistinctBy(rejection => rejection.Key)],
                []);
        });

    public static readonly Gen<Group> Groups =
        Gen.Select(
            Gen.Long[1, 9].Nullable(),
            Gen.Select(
                Gen.Int[0, States.Length - 1].Select(index => States[index]),
                Gen.Long[1, 9].Nullable()).Array[0, 4])
        .Select((pin, instances) => new Group(
            "charlie", 1, pin,
            [.. instances.Select((instance, index) => new GroupInstance($"i-{index}", instance.Item1, instance.Item2))]));

    public static readonly Gen<InstanceRefresh?> Refreshes =
        Gen.Select(Gen.Int[-1, RefreshStates.Length - 1], Gen.Long[1, 9].Nullable(), Gen.Int[-60, 7200])
            .Select((state, version, seconds) =>
                state < 0 ? null : new InstanceRefresh("r-1", RefreshStates[state], version, Noon.AddSeconds(seconds), "it failed"));

    public static ReleaseVersion Version(long number, Release release) =>
        new(
            number,
            release,
            Image(release),
            new string('a', 40),
            "https://gitlab.com/example/charlie/-/pipelines/1",
            4242,
            release == Charlie.Lambdas.Decisions.Release.Base ? null : Noon,
            TagSpecifications.None);

    public static string Image(Release release) => $"registry.gitlab.com/example/charlie@{release}";

    public static Push Push(Release release, DateTimeOffset at) =>
        new(release, Image(release), new string('a', 40), "https://gitlab.com/example/charlie/-/pipelines/1", 4242, at);

    public static Rejection Rejection(Release through, Release fallback, DateTimeOffset at) =>
        new(through, fallback, through, at, RejectedBy.Charlie, "app: exited with 1");

    public static Snapshot Snapshot(Records records, Group group) => new(Noon, Noon, records, group);

    /// <summary>An instance of which nothing is known but what its group lists.</summary>
    public static InstanceFacts Facts(GroupInstance instance, Records? records = null, DateTimeOffset? now = null) =>
        new(
            instance, null, null, false, HealthEvidence.None, null, null, 1,
            records ?? Charlie.Lambdas.Decisions.Records.Read([], []), now ?? Noon);

    /// <summary>What responses at one time add up to.</summary>
    public static HealthEvidence Evidence(Release release, DateTimeOffset at, params ProbeResponse[] responses) =>
        responses.Aggregate(HealthEvidence.None, (evidence, response) => evidence.Add(response, Image(release), at));

    public static ProbeResponse.Healthy Healthy(Release release, TimeSpan @for = default) => new(Image(release), @for);

    public static ProbeResponse.Unhealthy Unhealthy(TimeSpan @for, TimeSpan? runsFor = null, int restarts = 0, string? lastEnd = null) =>
        new(@for, runsFor ?? @for, restarts, lastEnd);

    private static Gen<Rejection[]> Rejections() =>
        Gen.Select(Release, Gen.OneOf(Release, Gen.Const(Charlie.Lambdas.Decisions.Release.Base)), Time)
            .Select((through, fallback, at) => Rejection(through, fallback, at))
            .Array[0, 3];
}
