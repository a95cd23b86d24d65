using NodaTime;
using Scheduling.Storage;

namespace Scheduling;

/// <summary>All that is known when a slot is judged.</summary>
internal sealed record SlotFacts
{
    public required Instant Slot { get; init; }

    /// <summary>The job as stored, as if no wide pause were there.</summary>
    public required Job Job { get; init; }

    public required Instant Now { get; init; }

    /// <summary>What was found in the history.</summary>
    public SlotRow Row { get; init; } = SlotRow.None;

    /// <summary>The pauses that concern the job's tenant and executor, ended ones included.</summary>
    public PauseBook Pauses { get; init; } = new();

    /// <summary>The tenant's limits and what it has running; null when the answer does not depend on them.</summary>
    public TenantState? Tenant { get; init; }

    /// <summary>The store's state; null when the answer does not depend on it.</summary>
    public StoreStatus? Store { get; init; }
}
