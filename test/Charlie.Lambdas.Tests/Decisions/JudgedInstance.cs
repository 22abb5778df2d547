using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>
/// One instance of release 5.1 as it is judged: of a release that is not confirmed and falls back to 4.1, at the launch hook,
/// unless a test says something else.
/// </summary>
internal sealed record JudgedInstance(ProbeResponse? Response)
{
    public static readonly Release Old = new(4, 1);
    public static readonly Release Its = new(5, 1);
    public static readonly DateTimeOffset Now = Arbitrary.Noon.AddHours(5);

    public string State { get; init; } = GroupInstance.PendingWait;

    public string Id { get; init; } = "i-1";

    public TimeSpan Age { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>Since the release's first launch.</summary>
    public TimeSpan TriedFor { get; init; } = TimeSpan.FromSeconds(100);

    public TimeSpan? InServiceFor { get; init; }

    public TimeSpan UnansweredFor { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Probes in a row with the same response.</summary>
    public int Probes { get; init; } = 3;

    public bool HasRunApp { get; init; }

    public bool IsConfirmed { get; init; }

    public bool HasFallback { get; init; } = true;

    public Attempts? Attempts { get; init; }

    public Replacement? Replaced { get; init; }

    /// <summary>Since when the app was down; the release became the desired one 10 minutes ago.</summary>
    public DownSince? Down { get; init; }

    public int Capacity { get; init; } = 1;

    public int Baked { get; init; } = 1;

    public int Serving { get; init; } = 1;

    public int Sick { get; init; } = 1;

    public HealthRules Rules { get; init; } = Arbitrary.Rules;

    public Strategy Strategy { get; init; } = new Strategy.Replace();

    public InstanceFacts Facts
    {
        get
        {
            var records = Records.Read(
                [Arbitrary.Version(1, Release.Base), Arbitrary.Version(2, Old), Arbitrary.Version(3, Its)], []);
            records = HasFallback ? records.With(new Confirmation(Old, 2, Arbitrary.Noon)) : records;
            records = IsConfirmed ? records.With(new Confirmation(Its, 3, Arbitrary.Noon)) : records;
            foreach (var tag in new IRecordTag?[] { Attempts, Replaced, Down })
            {
                records = tag is null ? records : records.With(tag);
            }

            var evidence = Enumerable.Range(0, Response is null ? 0 : Probes).Aggregate(
                HealthEvidence.None,
                (sum, probe) => sum.Add(Response!, Arbitrary.Image(Its), probe == 0 ? Now - UnansweredFor : Now));
            return new InstanceFacts(
                new GroupInstance(Id, State, 3), Now - Age, Now - InServiceFor, HasRunApp, evidence, Now - TriedFor,
                Now.AddMinutes(-10), Capacity, records, Now)
            {
                BakedCount = Baked,
                ServingCount = Serving,
                SickCount = Sick,
            };
        }
    }

    public InstanceDecision Decide() => InstancePolicy.Decide(Facts, Rules, Strategy);
}
