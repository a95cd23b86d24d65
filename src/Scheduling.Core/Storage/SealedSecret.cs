using System.Diagnostics.CodeAnalysis;
using Scheduling.Secrets;

namespace Scheduling.Storage;

/// <summary>A secret as it is stored.</summary>
/// <remarks>A snapshot: immutable and thread-safe.</remarks>
[Experimental("SCHED0001")]
public sealed class SealedSecret
{
    /// <summary>The owner.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Name, version and times.</summary>
    public required SecretInfo Info { get; init; }

    /// <summary>The ciphertext and the id of its key.</summary>
    public required SealedValue Value { get; init; }
}
