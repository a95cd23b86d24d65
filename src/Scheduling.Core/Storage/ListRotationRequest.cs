using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Storage;

/// <summary>One page of the secrets that are to be encrypted anew.</summary>
[Experimental("SCHED0001")]
public sealed record ListRotationRequest
{
    /// <summary>The id of the key whose secrets are left out: the one that seals now.</summary>
    public required string CurrentKeyId { get; init; }

    /// <summary>The last secret of the page before; null for the first page.</summary>
    public SealedSecret? After { get; init; }

    /// <summary>The most secrets to return; positive.</summary>
    public required int Size { get; init; }
}
