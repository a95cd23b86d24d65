using NodaTime;
using Scheduling.Planning;
using Scheduling.Secrets;
using Scheduling.Storage;

namespace Scheduling;

/// <summary>What every tenant's jobs work with: one for each <see cref="JobScheduler"/>.</summary>
internal sealed record SchedulerParts
{
    public required ISchedulingStore Store { get; init; }

    public required DuePlanner Planner { get; init; }

    public required JobEdits Edits { get; init; }

    /// <summary>The time that new ids carry.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The time that a new id carries.</summary>
    public Instant Now => Instant.FromDateTimeOffset(Time.GetUtcNow());

    public required Admission Admission { get; init; }

    public required SecretBox Secrets { get; init; }
}
