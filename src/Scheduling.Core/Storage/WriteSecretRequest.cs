using System.Diagnostics.CodeAnalysis;
using Scheduling.Secrets;

namespace Scheduling.Storage;

/// <summary>Sets a secret, or encrypts it anew.</summary>
[Experimental("SCHED0001")]
public sealed record WriteSecretRequest
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The secret's name.</summary>
    public required string Name { get; init; }

    /// <summary>The ciphertext and the id of its key.</summary>
    public required SealedValue Value { get; init; }

    /// <summary>The version the secret must have, 0 for a secret that must not be there; null for any.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>Whether the same secret is only encrypted with another key: then version and times stay.</summary>
    public bool IsRotation { get; init; }
}
