namespace Charlie.Operations.Doctor;

/// <summary>A precondition that does not hold.</summary>
/// <param name="Check">What was checked: <c>hook</c>, <c>group</c>, <c>times</c>, <c>records</c>, <c>events</c>, <c>alerts</c>,
/// <c>alarms</c>, <c>network</c>, <c>secrets</c>, <c>images</c>.</param>
/// <param name="Name">The precondition's own name, a stable word for programs.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Mend">What mends it: a command where there is one.</param>
internal sealed record Finding(string Check, string Name, string What, string Mend);

/// <summary>What was found of an app.</summary>
/// <param name="Shape">The version of this shape; a member is only added to it without a new one.</param>
/// <param name="Unread">What could not be checked, and why: a right that the caller lacks.</param>
internal sealed record DoctorDocument(
    int Shape, string App, DateTimeOffset At, IReadOnlyList<Finding> Findings, IReadOnlyList<string> Unread)
{
    public const int NewestShape = 1;
}
