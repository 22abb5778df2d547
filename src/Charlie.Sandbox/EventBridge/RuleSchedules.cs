namespace Charlie.Sandbox.EventBridge;

/// <summary>Plans the turns of the rules that have a schedule; a rate begins to count when the rule is put or enabled.</summary>
internal sealed class RuleSchedules(CloudContext context, Action<EventRule> fire)
{
    public void Plan(EventRule rule) => Plan(rule, context.Time.GetUtcNow());

    public static void Stop(EventRule rule)
    {
        rule.Turn?.Dispose();
        rule.Turn = null;
    }

    /// <param name="last">When the turn before was due, so that a rate does not drift.</param>
    private void Plan(EventRule rule, DateTimeOffset last)
    {
        Stop(rule);
        if (rule.Settings is not { Enabled: true, Schedule: { } schedule }
            || schedule.Wait(last, context.Timings.ScheduleMinute) is not { } wait)
        {
            return;
        }

        var now = context.Time.GetUtcNow();
        // Turns that a stopped clock missed are not made up for.
        var due = last + wait < now ? now : last + wait;
        rule.Turn = context.Scheduler.After(due - now, () =>
        {
            fire(rule);
            Plan(rule, due);
        });
    }
}
