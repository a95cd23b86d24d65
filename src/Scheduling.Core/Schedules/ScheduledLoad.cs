namespace Scheduling.Schedules;

/// <summary>One job of a <see cref="LoadForecast"/>: its schedule and what the schedule needs to know of it. Immutable; the default is a job that never runs by itself.</summary>
public readonly record struct ScheduledLoad
{
    private readonly Schedule? _schedule;

    /// <summary>A job.</summary>
    /// <param name="schedule">When it runs.</param>
    /// <param name="context">Anchor, spread hash and zones of the job.</param>
    public ScheduledLoad(Schedule schedule, ScheduleContext context = default)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        _schedule = schedule;
        Context = context;
    }

    /// <summary>When it runs.</summary>
    public Schedule Schedule => _schedule ?? Schedule.Manual;

    /// <summary>Anchor, spread hash and zones of the job.</summary>
    public ScheduleContext Context { get; }
}
