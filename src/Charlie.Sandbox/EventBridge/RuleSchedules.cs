namespace Charlie.Sandbox.EventBridge;

/// <summary>Plans the turns of the rules that have a schedule; a rate begins to count when the rule is put or enabled.</summary>
internal sealed class RuleSchedules(TimeProvider time, Agenda agenda, AwsTimings timings, Action<EventRule> fire)
{
    public void Plan(EventRule rule)
    {
        Stop(rule);
        if (rule.Settings is { Enabled: true, Schedule: { } schedule } && schedule.Wait(time.GetUtcNow(), timings.ScheduleMinute) is { } wait)
        {
            rule.Turn = agenda.After(wait, () =>
            {
                fire(rule);
                Plan(rule);
            });
        }
    }

#pragma warning disable CA1822 // The pair of Plan.
    public void Stop(EventRule rule)
    {
        rule.Turn?.Dispose();
        rule.Turn = null;
    }
#pragma warning restore CA1822
}
