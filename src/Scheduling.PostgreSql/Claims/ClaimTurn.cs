using NodaTime;
using Scheduling.PostgreSql.Rows;
using Scheduling.Storage.Rows;

namespace Scheduling.PostgreSql.Claims;

/// <summary>A turn that a claim has locked, and what it has read of its work.</summary>
internal sealed class ClaimTurn
{
    public required TurnKey Key { get; init; }

    /// <summary>When it came; null for one that a limit held.</summary>
    public Instant? TurnAt { get; init; }

    public Instant? HeldSince { get; init; }

    /// <summary>The most pending and the most due jobs that were looked for.</summary>
    public int Share { get; init; }

    /// <summary>Whether it is one of those that may have one place, which is kept for a tenant with nothing running here.</summary>
    public bool IsSingle => Share == 1;

    /// <summary>How many runs it gave.</summary>
    public int Started { get; set; }

    /// <summary>How many were found.</summary>
    public int Found { get; set; }

    public bool IsLimited { get; init; }

    /// <summary>The limit; null for a turn without, and for one whose tenant another transaction has locked.</summary>
    public TenantRow? Limit { get; init; }

    /// <summary>Whether there may be more due work in it than was read.</summary>
    public bool HasMore
    {
        get => field || Found >= Share;
        set;
    }

    public bool WasServed { get; set; }

    /// <summary>Until when a limit of its tenant holds it, <see cref="Instant.MaxValue"/> for until one of its runs ends; null when none does.</summary>
    public Instant? HeldUntil { get; set; }

    /// <summary>Whether a pause that the claim saw only after it had locked the turn stops it.</summary>
    public bool IsPaused { get; set; }

    /// <summary>The jobs that were locked for it, each with what is wrong with it, if anything is.</summary>
    public List<(DueRow Row, string? Problem)> Rows { get; } = [];

    public List<JobSlice> Jobs { get; } = [];

    public Queue<(JobSlice Slice, RunRow Run)> Pending { get; private set; } = [];

    public Queue<JobSlice> Due { get; private set; } = [];

    /// <summary>How many runs a turn like it gives when places do not end: what is left of one only for want of them counts, up to a quantum.</summary>
    public int Yield => HasWork && !IsContended && !IsPaused && HeldUntil is null ? Math.Max(Started, Math.Min(Found, ClaimRound.Quantum)) : Started;

    public bool HasWork => Pending.Count > 0 || Due.Count > 0;

    /// <summary>Whether a limit is there and somebody else counts under it right now.</summary>
    public bool IsContended => IsLimited && Limit is null;

    /// <summary>Puts what was read into the order in which it is served.</summary>
    public void Sort(Instant now)
    {
        Pending = new(Jobs
            .SelectMany(slice => slice.Open.Where(run => run.Status == ExecutionStatus.Pending && run.ReadyAt <= now).Select(run => (slice, run)))
            .OrderBy(static one => one.run.ReadyAt).ThenBy(static one => one.run.Id));
        Due = new(Jobs.Where(slice => slice.Due.DueAt <= now).OrderBy(static slice => slice.Due.DueAt).ThenBy(static slice => slice.Due.Id));
    }
}
