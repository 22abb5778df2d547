using Charlie.Lambdas;
using Charlie.Lambdas.Decisions;
using Charlie.Operations.Stack;

namespace Charlie.EndToEnd.Tests.Operating;

/// <summary>An app whose second release is confirmed and runs on one instance, to be changed by each test.</summary>
internal static class Examples
{
    public static readonly DateTimeOffset Now = new(2026, 11, 28, 3, 0, 0, TimeSpan.Zero);
    public static readonly Release First = new(1, 1);
    public static readonly Release Second = new(2, 2);
    public static readonly Release Third = new(3, 3);

    public static Snapshot Confirmed() => new(Now, Now, Records(), Group());

    public static Group Group() => new("charlie", 1, 3, [new GroupInstance("i-1", "InService", 3)])
    {
        Traits = GroupTraits.Plain with { Suspended = ["AZRebalance"] },
    };

    public static Records Records() => new(
        [Version(1, Release.Base), Version(2, First), Version(3, Second)],
        [new Confirmation(First, 2, Now.AddHours(-2)), new Confirmation(Second, 3, Now.AddHours(-1))],
        [],
        []);

    public static ReleaseVersion Version(long number, Release release) =>
        new(
            number,
            release,
            $"registry.gitlab.com/example/charlie@sha256:{new string('a', 64)}",
            new string('b', 40),
            null,
            4242,
            release == Release.Base ? null : Now.AddHours(-3),
            TagSpecifications.None);

    public static Rejection RejectionOf(Release from, Release fallback, RejectedBy by, string reason) =>
        new(from, fallback, from, Now.AddMinutes(-30), by, reason);

    public static StackDescription Stack(params ReadOnlySpan<(string Name, string Value)> others)
    {
        var settings = new Dictionary<string, string>(StackVariables.All)
        {
            ["CHARLIE_APP"] = "charlie",
            ["CHARLIE_GROUP"] = "charlie",
        };
        foreach (var (name, value) in others)
        {
            settings[name] = value;
        }

        return new StackDescription(
            "charlie",
            "charlie",
            "topic",
            "queue",
            "refresh",
            "lifecycle",
            "notify",
            "logs-1",
            "logs-2",
            "sg-1",
            Settings.Read(settings.GetValueOrDefault));
    }

    public static Snapshot With(this Snapshot snapshot, Func<Records, Records> change) =>
        snapshot.With(change(snapshot.Records), snapshot.Group);

    public static Snapshot WithGroup(this Snapshot snapshot, Func<Group, Group> change) =>
        snapshot.With(snapshot.Records, change(snapshot.Group));
}
