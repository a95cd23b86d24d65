using NodaTime;
using Scheduling.Storage;

namespace Scheduling.Sqlite;

/// <summary>The one line that all turns stand in. Needs an open transaction; turns whose work changed are noted and set when the operation ends.</summary>
internal sealed class TurnTable(Connection connection, TenantTable tenants, PauseTable pauses, ReadyWork ready, GatheredWakes wakes)
{
    private readonly HashSet<long> _touched = [];
    private long _lastPlace;

    /// <summary>Notes that the work of a turn changed.</summary>
    public void Touch(long turn) => _touched.Add(turn);

    /// <summary>A place of a limited tenant became free, or its limit changed: what was held may be served again.</summary>
    public void TouchHeld(TenantId tenant)
    {
        var query = connection.Query("turns_held").Bind(tenant.Value);
        while (query.Read())
            _touched.Add(query.NextLong());
    }

    /// <summary>Notes the turns of a tenant, all or that of one executor.</summary>
    public void TouchOf(TenantId tenant, string? executor)
    {
        var query = connection.Query("turns_of_tenant").Bind(tenant.Value);
        while (query.Read())
        {
            var id = query.NextLong();
            if (executor is null || string.Equals(query.NextText(), executor, StringComparison.Ordinal))
                _touched.Add(id);
        }
    }

    /// <summary>Sets the turns that were noted.</summary>
    public void RearmTouched(Instant now)
    {
        if (_touched.Count == 0)
            return;
        foreach (var turn in _touched)
            Rearm(Read(turn), now);
        _touched.Clear();
    }

    /// <summary>What was noted by an operation that failed does not count.</summary>
    public void Forget() => _touched.Clear();

    public long IdOf(TenantId tenant, string executor) =>
        connection.Query("turns_find").Bind(tenant.Value).Bind(executor).ReadSingle()
        ?? connection.Query("turns_insert").Bind(tenant.Value).Bind(executor).ReadSingle()!.Value;

    public TurnRow Read(long id)
    {
        var query = connection.Query("turns_read").Bind(id);
        if (!query.Read())
            throw new InvalidOperationException($"There is no turn {id}.");
        var turn = new TurnRow
        {
            Id = id,
            Tenant = new TenantId(query.NextText()),
            Executor = query.NextText(),
            TurnAt = query.NextInstantOrNull(),
            Place = query.NextLong(),
            HeldSince = query.NextInstantOrNull(),
        };
        query.Reset();
        return turn;
    }

    /// <summary>Turns of an executor that have come, behind a place in the line.</summary>
    public Queue<TurnRow> InLine(string executor, Instant behindAt, long behindPlace, Instant now, int count)
    {
        var query = connection.Query("turns_in_line").Bind(executor).Bind(behindAt).Bind(behindPlace).Bind(now).Bind((long)count);
        var line = new Queue<TurnRow>();
        while (query.Read())
        {
            line.Enqueue(new TurnRow
            {
                Id = query.NextLong(),
                Tenant = new TenantId(query.NextText()),
                Executor = executor,
                TurnAt = query.NextInstant(),
                Place = query.NextLong(),
                HeldSince = query.NextInstantOrNull(),
            });
        }
        return line;
    }

    public bool AnyDue(string executor, Instant now) => connection.Query("turns_any_due").Bind(executor).Bind(now).ReadSingle() is not null;

    /// <summary>The first turn of an executor that has not come yet.</summary>
    public Instant? Next(string executor, Instant now)
    {
        var query = connection.Query("turns_next").Bind(executor).Bind(now);
        Instant? next = query.Read() ? query.NextInstant() : null;
        query.Reset();
        return next;
    }

    /// <summary>Puts a turn that was just served behind the others that wait, or to sleep until its earliest work.</summary>
    public void Requeue(TurnRow turn, Instant now)
    {
        var earliest = Earliest(turn.Id);
        if (earliest is null || earliest > now)
            turn.HeldSince = null;
        Set(turn, earliest is { } at ? Instant.Max(at, now) : null, now);
    }

    /// <summary>Takes a turn whose tenant is at a limit out of the line, until its rate allows another start or until something else rearms it, and remembers since when.</summary>
    public void Hold(TurnRow turn, Instant until, Instant now)
    {
        turn.HeldSince ??= now;
        Set(turn, until == Instant.MaxValue ? null : until, now);
    }

    /// <summary>Removes a turn that no job and no execution has any more.</summary>
    public void RemoveIfUnused(long turn)
    {
        if (connection.Query("due_any_of_turn").Bind(turn).ReadSingle() is null && connection.Query("runs_any_of_turn").Bind(turn).ReadSingle() is null)
            connection.Query("turns_remove").Bind(turn).Run();
    }

    /// <summary>Sets when a turn comes: with its earliest work, never while the tenant's limit holds it. A turn that waits in line keeps its place.</summary>
    private void Rearm(TurnRow turn, Instant now)
    {
        var earliest = Earliest(turn.Id);
        var isDue = earliest <= now;
        if (!isDue)
            turn.HeldSince = null;
        if (pauses.Concerning(turn.Tenant, turn.Executor).HoldingTenant(turn.Tenant, turn.Executor, now) is { } pause)
        {
            PutOff(turn, earliest, pause, now);
            return;
        }
        if (isDue && tenants.Find(turn.Tenant)?.HeldUntil(now) is { } until)
        {
            Hold(turn, until, now);
            return;
        }
        if (isDue && turn.TurnAt <= now)
            return;
        var isSooner = turn.TurnAt is null || earliest < turn.TurnAt;
        Set(turn, earliest, now);
        if (isSooner && earliest is not null)
            wakes.Add(StoreWake.Work);
    }

    /// <summary>Puts a turn off until a pause of its tenant ends. That time is no lateness: the planner answers for it by itself.</summary>
    private void PutOff(TurnRow turn, Instant? earliest, ScopedPause pause, Instant now)
    {
        turn.HeldSince = null;
        Set(turn, earliest is { } at && pause.End is { } end ? Instant.Max(at, end) : null, now);
    }

    private Instant? Earliest(long turn)
    {
        var due = connection.Query("due_earliest").Bind(turn).ReadSingle();
        var pending = ready.Any ? connection.Query("runs_earliest").Bind(turn).ReadSingle() : null;
        return Ticks.ToInstantOrNull(Math.Min(due ?? Ticks.None, pending ?? Ticks.None));
    }

    // Places rise, and by the clock's own measure also from one process to the next.
    private void Set(TurnRow turn, Instant? at, Instant now)
    {
        turn.TurnAt = at;
        turn.Place = _lastPlace = Math.Max(_lastPlace + 1, now.ToUnixTimeTicks());
        connection.Query("turns_write").Bind(turn.TurnAt).Bind(turn.Place).Bind(turn.HeldSince).Bind(turn.Id).Run();
    }
}
