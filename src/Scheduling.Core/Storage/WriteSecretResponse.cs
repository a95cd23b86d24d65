using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Storage;

/// <summary>What a write of a secret did.</summary>
[Experimental("SCHED0001")]
public sealed record WriteSecretResponse
{
    /// <summary>Whether it was written; false when the secret had another version than expected.</summary>
    public required bool IsWritten { get; init; }

    /// <summary>The secret as it is now; null when there is none.</summary>
    public SecretInfo? Secret { get; init; }
}
