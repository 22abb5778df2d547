using Charlie.Sandbox.EventBridge;

namespace Charlie.Sandbox.Schedules;

/// <summary>EventBridge Scheduler's turns: each puts one event on its schedule's bus, and is not made up for when it was missed.</summary>
public sealed class Scheduling(CloudContext context, EventRouter events)
{
    private readonly List<Schedule> schedules = [];

    public IReadOnlyList<Schedule> All => schedules;

    public void Create(Schedule schedule)
    {
        schedules.Add(schedule);
        Plan(schedule, context.Time.GetUtcNow());
    }

    /// <summary>Deletes a schedule; its next turn puts nothing.</summary>
    public void Delete(string name) => schedules.RemoveAll(schedule => schedule.Name == name);

    private void Plan(Schedule schedule, DateTimeOffset last)
    {
        if (schedule.Expression.Wait(last, context.Timings.ScheduleMinute, schedule.Zone) is not { } wait)
        {
            return;
        }

        var due = last + wait;
        context.Scheduler.After(due - context.Time.GetUtcNow(), () =>
        {
            if (!schedules.Contains(schedule))
            {
                return;
            }

            context.Timeline.Record(
                "scheduler", "ScheduleFired", schedule.Name, $"{schedule.Name} is due ({schedule.Expression.Text} in {schedule.Zone.Id}).");
            events.Put(schedule.Bus, schedule.Source, schedule.DetailType, [], schedule.Detail, null, schedule.Role);
            Plan(schedule, due);
        });
    }
}
