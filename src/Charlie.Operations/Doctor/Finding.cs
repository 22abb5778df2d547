using Charlie.Operations.Releases;
using Charlie.Operations.Requests;

namespace Charlie.Operations.Doctor;

/// <summary>A precondition that does not hold.</summary>
/// <param name="Check">What was checked: <c>hook</c>, <c>group</c>, <c>times</c>, <c>records</c>, <c>events</c>, <c>alerts</c>,
/// <c>alarms</c>, <c>network</c>, <c>secrets</c>, <c>images</c>, and <c>install</c> where the app is not installed yet.</param>
/// <param name="Name">The precondition's own name, a stable word for programs.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Mend">What mends it: a command where there is one.</param>
internal sealed record Finding(string Check, string Name, string What, string Mend);

/// <summary>What was found of an app.</summary>
/// <param name="Shape">The version of this shape; a member is only added to it without a new one.</param>
/// <param name="Unread">What could not be checked, and why: a right that the caller lacks.</param>
/// <param name="Outcome">With <c>--wait</c>: how the release ended; <c>null</c> where the time was up first, and without it.</param>
/// <param name="Release">With <c>--wait</c>: the release that was waited for; <c>null</c> where there was no app yet.</param>
internal sealed record DoctorDocument(
    int Shape,
    string App,
    DateTimeOffset At,
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<string> Unread,
    WaitEnd? Outcome = null,
    ReleaseDocument? Release = null)
{
    public const int NewestShape = 1;
}
