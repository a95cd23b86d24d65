using Scheduling.Secrets;

namespace Scheduling;

/// <summary>One tenant's secrets: credentials and the like that its jobs' runs ask for by name (<see cref="JobContext.GetSecretAsync"/>). They can be set, deleted and listed by name, and are never read back.</summary>
/// <remarks>Thread-safe. Encrypted before they reach the store, each bound to its tenant and name. Another tenant's secret is not found.</remarks>
public interface ITenantSecrets
{
    /// <summary>Sets a secret. Setting it to the mask (<see cref="SecretMask.Text"/>) leaves the one that is there as it is.</summary>
    /// <param name="name">Its name, 1-128 characters.</param>
    /// <param name="value">The secret: 1-65,536 bytes in UTF-8.</param>
    /// <param name="expectedVersion">The version it must have, 0 for one that must not be there yet; null for any.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Name, version and times.</returns>
    /// <exception cref="SchedulingValidationException">The name or the value breaks a rule, or the value is the mask and there is no such secret. The value is not repeated.</exception>
    /// <exception cref="SecretConflictException">The secret has another version.</exception>
    /// <exception cref="InvalidOperationException">No key to encrypt with is configured.</exception>
    ValueTask<SecretInfo> SetAsync(string name, string value, long? expectedVersion = null, CancellationToken ct = default);

    /// <summary>Deletes a secret. A run that asks for it from then on does not find it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Whether there was such a secret; a second delete returns false.</returns>
    ValueTask<bool> DeleteAsync(string name, CancellationToken ct = default);

    /// <summary>Lists the secrets' names, versions and times page by page, ordered by name.</summary>
    /// <param name="pageSize">The most secrets of a page, 1-1,000. Default 100.</param>
    /// <param name="cursor">The cursor of the page before; null for the first page.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The page.</returns>
    /// <exception cref="InvalidCursorException">The cursor is not from this call and tenant.</exception>
    ValueTask<Page<SecretInfo>> ListNamesAsync(int pageSize = 100, string? cursor = null, CancellationToken ct = default);
}
