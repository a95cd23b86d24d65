using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Storage;

/// <summary>Secrets as ciphertext: encryption happens above the store.</summary>
/// <remarks>Thread-safe. Names are compared ordinally and ordered by code points. Another tenant's secret is not found.</remarks>
[Experimental("SCHED0001")]
public interface ISecretStore
{
    /// <summary>Sets a secret, or encrypts it anew.</summary>
    /// <param name="request">Which secret and its ciphertext.</param>
    /// <param name="cancellationToken">Ends the wait; the write may still happen.</param>
    /// <returns>Whether it was written, and the secret as it is now.</returns>
    ValueTask<WriteSecretResponse> WriteAsync(WriteSecretRequest request, CancellationToken cancellationToken);

    /// <summary>Deletes a secret.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="name">The secret's name.</param>
    /// <param name="cancellationToken">Ends the wait; the delete may still happen.</param>
    /// <returns>Whether there was such a secret.</returns>
    ValueTask<bool> DeleteAsync(TenantId tenant, string name, CancellationToken cancellationToken);

    /// <summary>Reads a secret's ciphertext.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="name">The secret's name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The secret, or null.</returns>
    ValueTask<SealedSecret?> GetAsync(TenantId tenant, string name, CancellationToken cancellationToken);

    /// <summary>Reads one page of a tenant's secrets without their ciphertext, ordered by name.</summary>
    /// <param name="request">Which page.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The page; empty behind the last.</returns>
    ValueTask<IReadOnlyList<SecretInfo>> ListAsync(ListSecretsRequest request, CancellationToken cancellationToken);

    /// <summary>Reads one page of all tenants' secrets that another key encrypted, ordered by tenant and name.</summary>
    /// <param name="request">Which page.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The page; empty behind the last.</returns>
    ValueTask<IReadOnlyList<SealedSecret>> ListForRotationAsync(ListRotationRequest request, CancellationToken cancellationToken);
}
