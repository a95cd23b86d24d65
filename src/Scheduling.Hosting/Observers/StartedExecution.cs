using NodaTime;
using Scheduling.Storage;

namespace Scheduling.Hosting;

/// <summary>An attempt of an execution that began in this process.</summary>
/// <remarks>Immutable and thread-safe. Times are those of the store's clock. Has no payload and no secrets.</remarks>
public sealed record StartedExecution
{
    /// <summary>The execution: the same for all of its attempts.</summary>
    public ExecutionId Id { get; init; }

    /// <summary>The owner of the job.</summary>
    public TenantId Tenant { get; init; }

    /// <summary>The job.</summary>
    public JobId JobId { get; init; }

    /// <summary>The job's key.</summary>
    public string JobKey { get; init; } = "";

    /// <summary>The job's name for people, or null.</summary>
    public string? JobName { get; init; }

    /// <summary>The version of the job's definition that the attempt reads.</summary>
    public long JobVersion { get; init; }

    /// <summary>The key of the executor.</summary>
    public string Executor { get; init; } = "";

    /// <summary>What caused the execution.</summary>
    public ExecutionTrigger Trigger { get; init; }

    /// <summary>The slot it runs for; null for a manual run.</summary>
    public Instant? ScheduledFor { get; init; }

    /// <summary>How many earlier slots are counted into this run because they were missed.</summary>
    public long MissedCount { get; init; }

    /// <summary>When the work was to start: slot + spread, or when it was asked for.</summary>
    public Instant DueAt { get; init; }

    /// <summary>When the attempt started.</summary>
    public Instant StartedAt { get; init; }

    /// <summary>How late it started, without the time that a tenant's limit held it back or that it waited for its retry.</summary>
    public Duration Lag { get; init; }

    /// <summary>Which start of the execution this is, from 1.</summary>
    public int Attempt { get; init; }

    /// <summary>The fencing token: higher than that of every earlier start of the job.</summary>
    public long Token { get; init; }

    internal static StartedExecution Of(ClaimedRun run) => new()
    {
        Id = run.Id,
        Tenant = run.Tenant,
        JobId = run.JobId,
        JobKey = run.Definition.Key ?? "",
        JobName = run.Definition.Name,
        JobVersion = run.JobVersion,
        Executor = run.Definition.Executor,
        Trigger = run.Trigger,
        ScheduledFor = run.Slots?.Last,
        MissedCount = run.Slots is { } slots ? slots.Count - 1 : 0,
        DueAt = run.DueAt,
        StartedAt = run.StartedAt,
        Lag = run.Lag,
        Attempt = run.Attempt,
        Token = run.Token,
    };
}
