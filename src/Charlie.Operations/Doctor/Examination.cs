namespace Charlie.Operations.Doctor;

/// <summary>Runs every check.</summary>
internal static class Examination
{
    public static DoctorDocument Of(DoctorFacts facts) => new(
        DoctorDocument.NewestShape,
        facts.Stack.Settings.App,
        facts.At,
        [
            .. GroupChecks.Of(facts),
            .. RecordChecks.Of(facts),
            .. EventChecks.Of(facts),
            .. AlarmChecks.Of(facts),
            .. IngressChecks.Of(facts),
            .. WayOutChecks.Of(facts),
            .. SecretChecks.Of(facts),
            .. TokenChecks.Of(facts),
            .. ImageChecks.Of(facts),
        ],
        facts.Unread);
}
