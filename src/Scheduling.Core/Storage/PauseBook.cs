using NodaTime;

namespace Scheduling.Storage;

/// <summary>Pauses of tenants and executors at hand, and what follows from them for a tenant's work. A store fills it with those that concern the work it looks at. Not thread-safe.</summary>
internal sealed class PauseBook
{
    private readonly Dictionary<PauseScope, List<ScopedPause>> _pauses = [];

    public bool IsEmpty => _pauses.Count == 0;

    public IEnumerable<ScopedPause> All => _pauses.Values.SelectMany(static list => list);

    /// <summary>Adds a pause, or replaces the one of the same scope and beginning.</summary>
    public void Put(ScopedPause pause)
    {
        if (!_pauses.TryGetValue(pause.Scope, out var list))
            _pauses[pause.Scope] = list = [];
        list.RemoveAll(known => known.Pause.Since == pause.Pause.Since);
        list.Add(pause);
    }

    /// <summary>The pause of exactly this scope that is in force.</summary>
    public ScopedPause? Current(PauseScope scope, Instant now) =>
        _pauses.TryGetValue(scope, out var list) ? list.Find(pause => pause.IsInForce(now)) : null;

    /// <summary>The pause that stops a tenant's work for an executor: of several the one that ends last.</summary>
    public ScopedPause? Holding(TenantId tenant, string executor, Instant now) =>
        IsEmpty ? null : Later(HoldingTenant(tenant, executor, now), HoldingExecutor(executor, now));

    /// <summary>The same among pauses that name the tenant.</summary>
    public ScopedPause? HoldingTenant(TenantId tenant, string executor, Instant now) =>
        IsEmpty ? null : Later(Current(PauseScope.ForTenant(tenant), now), Current(PauseScope.For(tenant, executor), now));

    /// <summary>The same among pauses of the executor for all tenants.</summary>
    public ScopedPause? HoldingExecutor(string executor, Instant now) => IsEmpty ? null : Current(PauseScope.ForExecutor(executor), now);

    /// <summary>The times in which a tenant's work for an executor was paused and which ended after <paramref name="from"/>, in order and apart: what the planner must know of a job whose next start is then. Null for none.</summary>
    public IReadOnlyList<Interval>? PeriodsSince(TenantId tenant, string executor, Instant from, Instant now)
    {
        if (IsEmpty)
            return null;
        List<Interval>? periods = null;
        foreach (var pause in Of(tenant, executor))
        {
            if (!pause.IsInForce(now) && pause.End is { } end && end > from && end > pause.Pause.Since)
                (periods ??= []).Add(new Interval(pause.Pause.Since, end));
        }
        return periods is null ? null : Joined(periods);
    }

    /// <summary>Drops pauses that ended before a time.</summary>
    public void DropEndedBefore(Instant time, int most)
    {
        foreach (var (scope, list) in _pauses.ToArray())
        {
            most -= list.RemoveAll(pause => pause.End < time);
            if (list.Count == 0)
                _pauses.Remove(scope);
            if (most <= 0)
                return;
        }
    }

    /// <summary>Drops all pauses that name a tenant.</summary>
    public int Drop(TenantId tenant)
    {
        var dropped = 0;
        foreach (var (scope, list) in _pauses.Where(pair => pair.Key.Tenant == tenant).ToArray())
        {
            dropped += list.Count;
            _pauses.Remove(scope);
        }
        return dropped;
    }

    /// <summary>A job as people see it: while a wide pause stops it, it reads as paused and has no next run.</summary>
    public Job Show(Job job, Instant now)
    {
        if (Holding(job.Tenant, job.Executor, now) is not { } holding)
            return job;
        return job with
        {
            ScopedPause = holding,
            State = job.State == JobState.Active ? JobState.Paused : job.State,
            NextSlot = null,
            NextRunAt = null,
        };
    }

    private IEnumerable<ScopedPause> Of(TenantId tenant, string executor)
    {
        foreach (var scope in (PauseScope[])[PauseScope.ForTenant(tenant), PauseScope.ForExecutor(executor), PauseScope.For(tenant, executor)])
        {
            if (!_pauses.TryGetValue(scope, out var list))
                continue;
            foreach (var pause in list)
                yield return pause;
        }
    }

    private static List<Interval> Joined(List<Interval> periods)
    {
        periods.Sort(static (one, other) => one.Start.CompareTo(other.Start));
        var joined = new List<Interval>(periods.Count);
        foreach (var period in periods)
        {
            if (joined.Count > 0 && period.Start <= joined[^1].End)
                joined[^1] = new Interval(joined[^1].Start, Instant.Max(joined[^1].End, period.End));
            else
                joined.Add(period);
        }
        return joined;
    }

    private static ScopedPause? Later(ScopedPause? one, ScopedPause? other)
    {
        if (one is null || other is null)
            return one ?? other;
        return one.End is null || one.End >= other.End ? one : other;
    }
}
