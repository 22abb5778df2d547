using Charlie.Lambdas.Decisions;

namespace Charlie.Lambdas.Tests.Decisions;

/// <summary>How Refresh writes a rejection when EC2 has no room for its tag, although the records that were read had.</summary>
public sealed class RefreshRejectionTests
{
    private static readonly Release Old = new(4, 1);
    private static readonly Release Its = new(5, 1);
    private static readonly DateTimeOffset Later = Arbitrary.Noon.AddHours(1);

    private static readonly Records Records = Records
        .Read([Arbitrary.Version(2, Old), Arbitrary.Version(3, Its)], [])
        .With(new Confirmation(Old, 2, Arbitrary.Noon)).With(new Replacement(Old, 1, Arbitrary.Noon));

    private static readonly Group Group = new("charlie", 1, 3, [new GroupInstance("i-1", "InService", 3)])
    {
        Refresh = new InstanceRefresh("r-1", "RollbackSuccessful", 3, Arbitrary.Noon.AddMinutes(1), "it failed"),
    };

    private static readonly PolicySettings Settings = new(false, new Strategy.Replace(), Arbitrary.Rules);

    public static TheoryData<bool> Requests => [true, false];

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_refused_rejection_is_written_again_after_other_tags_were_deleted(bool isRollback)
    {
        var request = Request(isRollback);
        var first = Rejecting(request, Arbitrary.Snapshot(Records, Group));
        var refused = Arbitrary.Snapshot(Records, Group).After(first, false, Later);
        var room = Assert.IsType<AwsAction.DeleteRecordTags>(Act(request, refused));
        Assert.Equal(["charlie:replaced:4.1"], room.Keys);
        var second = Rejecting(request, refused.After(room, true, Later));
        Assert.Equal(first, second);
        Assert.Equal(
            new AwsAction.Pin(Records.Version(2)!),
            Act(request, refused.After(room, true, Later).After(second, true, Later)));
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_rejection_without_any_room_is_an_error(bool isRollback)
    {
        var snapshot = Arbitrary.Snapshot(Records with { Replacements = [] }, Group);
        var refused = snapshot.After(Rejecting(Request(isRollback), snapshot), false, Later);
        Assert.Throws<InvalidOperationException>(() => Act(Request(isRollback), refused));
    }

    private static RefreshRequest Request(bool isRollback) =>
        isRollback ? new Rollback(Its, null, "complaints", Later) : new Sweep("the scheduled check found the group out of sync");

    private static AwsAction.Reject Rejecting(RefreshRequest request, Snapshot snapshot) =>
        Assert.IsType<AwsAction.Reject>(Act(request, snapshot));

    private static AwsAction Act(RefreshRequest request, Snapshot snapshot) =>
        Assert.IsType<RefreshStep.Act>(RefreshPolicy.Next(request, snapshot, Settings, Later)).Action;
}
