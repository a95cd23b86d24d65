using NodaTime;
using Scheduling.Planning;
using Scheduling.Policies;
using Scheduling.Schedules;

namespace Scheduling.Core.Tests.Planning;

/// <summary>One due job for the planner: a schedule with its job's policies and where it stands.</summary>
internal sealed record PlanCase
{
    public required Schedule Schedule { get; init; }

    public MisfirePolicy Misfire { get; init; } = MisfirePolicy.RunOnce;

    public OverlapPolicy Overlap { get; init; }

    public ScheduleContext Context { get; init; } = new() { Anchor = March.At("01T00:00") };

    public Instant? NextSlot { get; init; }

    public Instant? LastSlot { get; init; }

    public Pause? Pause { get; init; }

    public int Open { get; init; }

    public bool HasQueued { get; init; }

    public Instant? HeldSince { get; init; }

    public DueWork Work => new()
    {
        Definition = new JobDefinition { Executor = "x", Schedule = Schedule, Misfire = Misfire, Overlap = Overlap },
        Context = Context,
        NextSlot = NextSlot,
        LastSlot = LastSlot,
        Pause = Pause,
        OpenExecutions = Open,
        HasQueued = HasQueued,
        HeldSince = HeldSince,
    };

    public static PlanCase Due(Schedule schedule, string slot) => new() { Schedule = schedule, NextSlot = March.At(slot) };

    public DuePlan Plan(Instant now, Duration? threshold = null) => new DuePlanner(misfireThreshold: threshold).Plan(Work, now);

    public string At(string now) => PlanText.Of(Plan(March.At(now)));
}
