using NodaTime;

namespace Scheduling.Storage;

/// <summary>
/// By which zone data the next runs of a store are computed, and how far a walk over its jobs has come that computes them anew by newer ones. One for each store. Pure: a sweep reads it, asks what
/// follows and writes the answer.
/// </summary>
/// <remarks>
/// Newer data win: versions are compared ordinally, as <c>TZDB: 2025b</c> is newer than <c>TZDB: 2025a</c>. Nodes with older data go on computing by these, which is why their sweeps leave a note:
/// when the last of them has been gone for a while, the walk is made once more.
/// </remarks>
internal sealed record ZoneWalk
{
    /// <summary>How long no node with older data may have been seen before the walk is made again.</summary>
    public static readonly Duration Quiet = Duration.FromMinutes(10);

    /// <summary>A node with older data says so this often at most.</summary>
    private static readonly Duration Notice = Duration.FromMinutes(1);

    /// <summary>The version of the zone data.</summary>
    public required string Version { get; init; }

    /// <summary>The job that the walk looked at last, the default for none yet; null when no walk is on.</summary>
    public JobId? WalkedTo { get; init; }

    /// <summary>When a node with older data was seen last; null for never since the last walk.</summary>
    public Instant? OlderSeenAt { get; init; }

    /// <summary>Whether jobs are to be looked at.</summary>
    public bool IsOn => WalkedTo is not null;

    /// <summary>What a sweep of a node makes of it.</summary>
    /// <param name="stored">What the store has; null for nothing yet, when all jobs are this node's or of its like.</param>
    /// <param name="version">The version of the node's zone data.</param>
    /// <param name="now">The store's now.</param>
    /// <returns>What the store must have; the same instance when that is so already.</returns>
    public static ZoneWalk Seen(ZoneWalk? stored, string version, Instant now) => stored is null
        ? new ZoneWalk { Version = version }
        : string.CompareOrdinal(version, stored.Version) switch
        {
            > 0 => new ZoneWalk { Version = version, WalkedTo = default(JobId) },
            < 0 => stored.OlderSeenAt is { } seen && seen <= now && now - seen < Notice ? stored : stored with { OlderSeenAt = now },
            _ => stored.OlderSeenAt is { } last && now - last >= Quiet ? new ZoneWalk { Version = version, WalkedTo = default(JobId) } : stored,
        };

    /// <summary>The version of the store's data, when it is newer than a node's.</summary>
    public string? NewerThan(string version) => string.CompareOrdinal(Version, version) > 0 ? Version : null;

    /// <summary>Some jobs have been looked at.</summary>
    /// <param name="last">The last of them; null when there was none, which ends the walk.</param>
    public ZoneWalk Walked(JobId? last) => this with { WalkedTo = last };
}
