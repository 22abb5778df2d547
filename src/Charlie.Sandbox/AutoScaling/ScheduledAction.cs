using Charlie.Sandbox.Crons;
using Charlie.Sandbox.Wire;

namespace Charlie.Sandbox.AutoScaling;

/// <summary>A change of a group's sizes that is planned for one time, or again and again.</summary>
public sealed record ScheduledAction
{
    private const int MaxName = 255;

    public required string Name { get; init; }

    public required string Arn { get; init; }

    /// <summary><c>null</c> leaves the group's own bound as it is.</summary>
    public int? MinSize { get; init; }

    /// <inheritdoc cref="MinSize"/>
    public int? MaxSize { get; init; }

    /// <summary><c>null</c> leaves the desired capacity as it is, within the bounds.</summary>
    public int? DesiredCapacity { get; init; }

    /// <summary>When it comes next.</summary>
    public DateTimeOffset StartTime { get; internal init; }

    /// <summary>After this time it comes no more.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>Unix's five cron fields; <c>null</c> for an action that comes once.</summary>
    public string? Recurrence { get; init; }

    /// <summary>The IANA name of the time zone of <see cref="Recurrence"/>; UTC without one.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Reads a request; what it leaves out stays as it was.</summary>
    internal static ScheduledAction Read(QueryParameters parameters, ScheduledAction? before, string arn, DateTimeOffset now)
    {
        var name = parameters.Required("ScheduledActionName");
        if (name.Length > MaxName)
        {
            throw AutoScalingErrors.TooLong("scheduledActionName", name, MaxName);
        }

        var start = Start(parameters, now);
        var action = new ScheduledAction
        {
            Name = name,
            Arn = before?.Arn ?? arn,
            MinSize = parameters.Integer("MinSize", 0) ?? before?.MinSize,
            MaxSize = parameters.Integer("MaxSize", 0) ?? before?.MaxSize,
            DesiredCapacity = parameters.Integer("DesiredCapacity", 0) ?? before?.DesiredCapacity,
            EndTime = parameters.Time("EndTime") ?? before?.EndTime,
            Recurrence = parameters.Text("Recurrence") ?? before?.Recurrence,
            TimeZone = parameters.Text("TimeZone") ?? before?.TimeZone,
        };
        action.CheckSizes();
        if (action.EndTime <= now)
        {
            throw AutoScalingErrors.Invalid("Given end time is in the past");
        }

        var changes = parameters.Has("Recurrence") || parameters.Has("TimeZone");
        var first = start ?? (changes ? null : before?.StartTime) ?? action.After(now)
            ?? throw AutoScalingErrors.Invalid("Either a start time or a recurrence that comes again must be specified");
        return first <= (action.EndTime ?? DateTimeOffset.MaxValue)
            ? action with { StartTime = first }
            : throw AutoScalingErrors.Invalid("Given start time is after the end time");
    }

    /// <summary>When it comes the first time after another; <c>null</c> where it does not.</summary>
    internal DateTimeOffset? After(DateTimeOffset time)
    {
        var zone = TimeZone is null ? TimeZoneInfo.Utc
            : TimeZones.Find(TimeZone) ?? throw AutoScalingErrors.Invalid($"Given time zone:{TimeZone} is invalid");
        try
        {
            return Recurrence is null ? null : UnixCron.Parse(Recurrence).Next(time, zone);
        }
        catch (FormatException)
        {
            throw AutoScalingErrors.Invalid($"Given recurrence string:{Recurrence} is invalid");
        }
    }

    /// <summary>The next one of an action that comes again, within its end time.</summary>
    internal ScheduledAction? Next() =>
        After(StartTime) is { } next && next <= (EndTime ?? DateTimeOffset.MaxValue) ? this with { StartTime = next } : null;

    private static DateTimeOffset? Start(QueryParameters parameters, DateTimeOffset now)
    {
        // Time is the old name of StartTime.
        var start = parameters.Time("StartTime") ?? parameters.Time("Time");
        return start < now ? throw AutoScalingErrors.Invalid("Given start time is in the past") : start;
    }

    private void CheckSizes()
    {
        if ((MinSize ?? MaxSize ?? DesiredCapacity) is null)
        {
            throw AutoScalingErrors.Invalid("At least one of MinSize, MaxSize and DesiredCapacity must be specified");
        }

        var desired = DesiredCapacity ?? MinSize ?? MaxSize ?? 0;
        GroupSettings.Sizes(MinSize ?? Math.Min(desired, MaxSize ?? desired), MaxSize ?? Math.Max(desired, MinSize ?? desired), desired);
    }
}
