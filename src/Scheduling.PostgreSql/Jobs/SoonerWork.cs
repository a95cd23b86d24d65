using NodaTime;
using Scheduling.PostgreSql.Connections;
using Scheduling.Storage.Rows;

namespace Scheduling.PostgreSql.Jobs;

/// <summary>Whether a job that is written must wake anybody: only when it is due before anything that somebody will look for anyway.</summary>
internal sealed class SoonerWork(DueRow row, StoreTransaction transaction)
{
    /// <summary>How far ahead nobody need be told: an idle node looks that often at least.</summary>
    private static readonly Duration LongestPoll = Duration.FromSeconds(60);

    private readonly bool _isNear = row.DueAt is { } at && at - transaction.Now < LongestPoll;

    /// <summary>Asks; must come before the statements that bring the turn forward.</summary>
    public SqlBatch AddTo(SqlBatch batch) => _isNear
        ? batch.Add("comes_sooner", Param.Time(transaction.Now), Param.Text(row.Executor), Param.Time(row.DueAt))
        : batch;

    /// <summary>Hears the answer; afterwards the results stand at the next statement's.</summary>
    public async Task HearAsync(SqlResults results, CancellationToken ct)
    {
        if (!_isNear)
            return;
        await results.ReadAsync(ct).ConfigureAwait(false);
        if (results.Row.BoolAt(0))
            transaction.NoteWork(elsewhere: true);
        await results.NextAsync(ct).ConfigureAwait(false);
    }
}
