using NodaTime;
using Scheduling.PostgreSql.Connections;

namespace Scheduling.PostgreSql.Rows;

/// <summary>Sets when locked turns come next.</summary>
internal static class TurnWriter
{
    /// <summary>After moves that may have brought work forward: with their earliest work; those that stand in line keep their places.</summary>
    public static void Add(SqlBatch batch, IReadOnlyCollection<TurnKey> turns, Instant now) =>
        Add(batch, [.. turns.Select(static key => new Turn(key))], now);

    /// <summary>After a claim looked at them.</summary>
    public static void Add(SqlBatch batch, IReadOnlyCollection<Turn> turns, Instant now)
    {
        if (turns.Count == 0)
            return;
        batch.Add(
            "write_turns",
            Param.Time(now),
            Param.Texts(turns.Select(static turn => turn.Key.Tenant.Value)),
            Param.Texts(turns.Select(static turn => turn.Key.Executor)),
            Param.Bools(turns.Select(static turn => turn.WasServed)),
            Param.Bools(turns.Select(static turn => turn.HeldUntil is not null)),
            Param.Times(turns.Select(static turn => turn.HeldUntil == Instant.MaxValue ? null : turn.HeldUntil)));
    }

    /// <summary>A turn after a look at it.</summary>
    /// <param name="Key">Its name.</param>
    /// <param name="WasServed">Whether it was served, so that it goes behind those that wait.</param>
    /// <param name="HeldUntil">Until when a limit holds it, the end of time for until something ends; null when none does.</param>
    internal readonly record struct Turn(TurnKey Key, bool WasServed = false, Instant? HeldUntil = null);
}
