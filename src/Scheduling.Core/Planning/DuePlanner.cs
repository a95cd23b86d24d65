using System.Diagnostics.CodeAnalysis;
using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;

namespace Scheduling.Planning;

/// <summary>Decides what becomes of a due job: run, chain, skip, miss or fault, and when it is due next. Pure: the same work and time give the same plan.</summary>
/// <remarks>
/// The order of the rules (docs/semantics.md, "What becomes of a due slot"): a closed window, the age limit, overlap, then the misfire policy. Every due slot ends in exactly one
/// gap or run of the plan, or stays due. Immutable and thread-safe. A schedule that cannot be evaluated faults its job and never throws.
/// </remarks>
[Experimental("SCHED0001")]
public sealed class DuePlanner
{
    /// <summary>The default misfire threshold: 60 seconds.</summary>
    public static readonly Duration DefaultMisfireThreshold = Duration.FromSeconds(60);

    /// <summary>Creates a planner.</summary>
    /// <param name="zones">The zone data; null for those that come with NodaTime.</param>
    /// <param name="misfireThreshold">How late a run may be and still be an ordinary one; not negative. Null for 60 seconds.</param>
    public DuePlanner(IDateTimeZoneProvider? zones = null, Duration? misfireThreshold = null)
    {
        Zones = zones ?? DateTimeZoneProviders.Tzdb;
        MisfireThreshold = misfireThreshold ?? DefaultMisfireThreshold;
        if (MisfireThreshold < Duration.Zero)
            throw new ArgumentOutOfRangeException(nameof(misfireThreshold), misfireThreshold, "The misfire threshold is not negative.");
    }

    /// <summary>The zone data.</summary>
    public IDateTimeZoneProvider Zones { get; }

    /// <summary>How late a run may be and still be an ordinary one.</summary>
    public Duration MisfireThreshold { get; }

    /// <summary>Anchor, spread and zones of a job's schedule.</summary>
    /// <param name="tenant">The job's tenant.</param>
    /// <param name="definition">The job's definition.</param>
    /// <param name="anchor">The job's anchor.</param>
    /// <returns>The context to evaluate the schedule in.</returns>
    public ScheduleContext ContextOf(TenantId tenant, JobDefinition definition, Instant anchor) => new()
    {
        Anchor = anchor,
        SpreadHash = SpreadOf(tenant, definition),
        Zones = Zones,
    };

    /// <summary>The hash that spreads a job: of its own spread key, else of tenant and key.</summary>
    /// <param name="tenant">The job's tenant.</param>
    /// <param name="definition">The job's definition.</param>
    /// <returns>The hash, stable for ever.</returns>
    public static ulong SpreadOf(TenantId tenant, JobDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return definition.SpreadKey is { } own ? SpreadHash.Of(own) : SpreadHash.Of(tenant.Value, definition.Key ?? "");
    }

    /// <summary>Plans one job.</summary>
    /// <param name="work">The job.</param>
    /// <param name="now">The store's now.</param>
    /// <returns>The plan; for a job that is not due yet, just when it is.</returns>
    public DuePlan Plan(in DueWork work, Instant now)
    {
        try
        {
            return new DueDecision(work, now, MisfireThreshold).Decide();
        }
        catch (ScheduleZoneException unknown)
        {
            return FaultOf(work.LastSlot, now, JobFaultReason.UnknownZone, unknown.Message);
        }
        catch (Exception broken)
        {
            return FaultOf(work.LastSlot, now, broken);
        }
    }

    /// <summary>Whether slots of a schedule depend on zone data at all.</summary>
    internal static bool DependsOnZones(Schedule schedule) => schedule is CronSchedule { TimeZone: not "UTC" };

    /// <summary>
    /// Computes the next run of a job anew because it was computed by other zone data: the first slot behind the last one, so that nothing is done twice and nothing left out. One that lies in the past
    /// by these data is late, and the misfire policy decides about it. A job that stands still because its zone was unknown goes on from now, if these data know it.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <param name="now">The store's now.</param>
    /// <returns>What becomes of it; null when nothing changes.</returns>
    internal DuePlan? Revise(Job job, Instant now)
    {
        var isMended = job.Fault?.Reason == JobFaultReason.UnknownZone;
        if (!DependsOnZones(job.Schedule) || job.Pause is not null || (job.Fault is { Reason: not JobFaultReason.NoExecutor } && !isMended))
            return null;
        try
        {
            var context = ContextOf(job.Tenant, job.Definition, job.Anchor);

            // Slots before the last edit belong to what the job was then; what was overdue stays so.
            var from = isMended ? now : job.NextSlot is { } planned ? Instant.Min(planned, job.UpdatedAt) : job.UpdatedAt;
            var next = job.Schedule.FirstDue(from, job.LastSlot, context);
            return next == job.NextSlot && !isMended ? null : new DuePlan
            {
                LastSlot = job.LastSlot,
                NextSlot = next,
                NextStart = next is { } slot ? job.Schedule.StartOf(slot, context) : null,
                Fault = isMended ? null : job.Fault,
            };
        }
        catch (ScheduleZoneException)
        {
            // Only newer data take over, and these do not know the zone: the claim at the planned time says so, or some node that knows it runs the job.
            return null;
        }
        catch (Exception broken)
        {
            return FaultOf(job.LastSlot, now, broken);
        }
    }

    private static DuePlan FaultOf(Instant? lastSlot, Instant now, Exception broken) =>
        FaultOf(lastSlot, now, JobFaultReason.BadSchedule, $"The schedule could not be evaluated: {broken.GetType().Name}: {broken.Message}");

    private static DuePlan FaultOf(Instant? lastSlot, Instant now, JobFaultReason reason, string message) => new()
    {
        LastSlot = lastSlot,
        Fault = new JobFault { Reason = reason, Message = StorableText.Clean(message, 1_024)!, Since = now },
    };
}
