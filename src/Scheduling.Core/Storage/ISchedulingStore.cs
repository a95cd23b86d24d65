using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Storage;

/// <summary>Where jobs and executions live: the faces of one store.</summary>
/// <remarks>
/// Thread-safe. A store is proven by the conformance suite, which runs every rule of docs/semantics.md and of the claim protocol (<see cref="IClaimStore"/>) against it.
/// </remarks>
[Experimental("SCHED0001")]
public interface ISchedulingStore
{
    /// <summary>A short name for logs and health, such as <c>memory</c>.</summary>
    string Name { get; }

    /// <summary>What it can do beyond the protocol.</summary>
    StoreCapabilities Capabilities { get; }

    /// <summary>Jobs and tenants, as people write them.</summary>
    IJobStore Jobs { get; }

    /// <summary>Executions, as people ask for them and look at them.</summary>
    IExecutionStore Executions { get; }

    /// <summary>Pauses of tenants and executors.</summary>
    IPauseStore Pauses { get; }

    /// <summary>Secrets, as ciphertext.</summary>
    ISecretStore Secrets { get; }

    /// <summary>Claiming, renewing, settling and sweeping, as the engine does them.</summary>
    IClaimStore Claims { get; }

    /// <summary>Makes the store ready, schema included. Idempotent; called by every node at its start and again after a failure.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>When it is ready.</returns>
    ValueTask InitializeAsync(CancellationToken cancellationToken);
}
