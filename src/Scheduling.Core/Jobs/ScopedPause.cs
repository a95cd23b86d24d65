using NodaTime;

namespace Scheduling;

/// <summary>That somebody stopped a tenant, an executor or both from running by themselves and on request: what, since when, by whom, why and until when.</summary>
/// <remarks>A snapshot: immutable and thread-safe. Times are those of the store's clock. One that has ended is kept as long as the history, so that a skipped slot can still say why.</remarks>
public sealed record ScopedPause
{
    /// <summary>What is stopped.</summary>
    public required PauseScope Scope { get; init; }

    /// <summary>Since when, by whom, why, and when it ends by itself.</summary>
    public required Pause Pause { get; init; }

    /// <summary>When somebody ended it; null when nobody did, also when it ended by itself.</summary>
    public Instant? ResumedAt { get; init; }

    /// <summary>When it ended or will end; null for "until resumed".</summary>
    public Instant? End => ResumedAt ?? Pause.Until;

    /// <summary>Whether it stops anything at a time.</summary>
    /// <param name="now">The time; from when on it is in force is not asked, so hand in one that is not before its beginning.</param>
    /// <returns>False once it has ended.</returns>
    public bool IsInForce(Instant now) => ResumedAt is null && !(Pause.Until <= now);
}
