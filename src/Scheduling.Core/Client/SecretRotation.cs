namespace Scheduling;

/// <summary>How far a rotation of secrets has come: encrypting anew what other keys than the current one encrypted.</summary>
/// <remarks>A snapshot: immutable and thread-safe.</remarks>
public sealed record SecretRotation
{
    /// <summary>How many were encrypted anew.</summary>
    public long Rotated { get; init; }

    /// <summary>How many were set or deleted by somebody else meanwhile, and needed nothing more.</summary>
    public long Overtaken { get; init; }

    /// <summary>How many could not be opened: their key is missing, or their rows were changed. They stay as they are.</summary>
    public long Unreadable { get; init; }

    /// <summary>The ids of the keys that encrypted those, in ordinal order.</summary>
    public IReadOnlyList<string> UnreadableKeyIds { get; init; } = [];
}
