using NodaTime;
using Scheduling.PostgreSql.Connections;
using Scheduling.Storage;

namespace Scheduling.PostgreSql.Claims;

/// <summary>A step of the walk that computes next runs anew when a node comes with newer zone data: some jobs in each sweep, each step in a transaction of its own, whoever makes it.</summary>
internal sealed class ZoneWalking(SweepRequest request)
{
    private readonly string _version = request.Planner.Zones.VersionId;

    /// <summary>What the next runs were computed by before, when a walk begins in this step.</summary>
    public string? Before { get; private set; }

    /// <summary>The version of the store's zone data, when they are newer than this node's.</summary>
    public string? Newer { get; private set; }

    /// <summary>How many next runs changed.</summary>
    public int Revised { get; private set; }

    /// <summary>Whether jobs are left to look at.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Whether there is anything to do, by what is stored: mostly there is not, and then nothing is locked.</summary>
    public bool HasWork(ZoneWalk? stored, Instant now)
    {
        if (stored is null)
            return true;
        var seen = ZoneWalk.Seen(stored, _version, now);
        Newer = seen.NewerThan(_version);
        return seen != stored || IsMine(seen);
    }

    public async Task RunAsync(StoreTransaction transaction, CancellationToken ct)
    {
        (Before, Newer, Revised, HasMore) = (null, null, 0, false);
        if (await ReadAsync(transaction, "read_zones", ct).ConfigureAwait(false) is not { } stored)
        {
            await transaction.Batch().Add("begin_zones", Param.Text(_version)).Commit().ExecuteAsync(ct).ConfigureAwait(false);
            return;
        }
        if (!HasWork(stored, transaction.Now) || await ReadAsync(transaction, "lock_zones", ct).ConfigureAwait(false) is not { } locked)
            return;
        var seen = ZoneWalk.Seen(locked, _version, transaction.Now);
        if (IsMine(seen))
            await WalkAsync(transaction, locked, seen, ct).ConfigureAwait(false);
        else if (seen != locked)
            await Write(transaction.Batch(), seen).Commit().ExecuteAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Whether a walk is on that this node can make: one with older data cannot.</summary>
    private bool IsMine(ZoneWalk walk) => walk.IsOn && string.Equals(walk.Version, _version, StringComparison.Ordinal);

    private async Task WalkAsync(StoreTransaction transaction, ZoneWalk locked, ZoneWalk walk, CancellationToken ct)
    {
        var (last, concerned) = await NextJobsAsync(transaction, walk.WalkedTo!.Value, ct).ConfigureAwait(false);
        var walked = walk.Walked(last);
        Before = string.Equals(locked.Version, walk.Version, StringComparison.Ordinal) ? null : locked.Version;
        HasMore = last is not null;
        if (concerned.Count == 0)
        {
            await Write(transaction.Batch(), walked).Commit().ExecuteAsync(ct).ConfigureAwait(false);
            return;
        }
        await JobMoves.RunAsync(
            transaction,
            concerned,
            (slices, writes) =>
            {
                Revised = slices.Count(slice => slice.Revise(request.Planner, transaction.Now));
                Write(writes, walked);
                return Task.CompletedTask;
            },
            ct).ConfigureAwait(false);
    }

    private async Task<(JobId? Last, List<JobMoves.Found> Concerned)> NextJobsAsync(StoreTransaction transaction, JobId after, CancellationToken ct)
    {
        JobId? last = null;
        var concerned = new List<JobMoves.Found>();
        var reader = await transaction.Batch().Add("walk_jobs", Param.Uuid(after.Value), Param.Int(request.BatchSize)).ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.ReadAsync(ct).ConfigureAwait(false))
            {
                last = new JobId(reader.Row.UuidAt(0));
                if (reader.Row.BoolAt(2))
                    concerned.Add(new JobMoves.Found(last.Value, new TenantId(reader.Row.TextAt(1))));
            }
        }
        return (last, concerned);
    }

    private static SqlBatch Write(SqlBatch batch, ZoneWalk walk) =>
        batch.Add("write_zones", Param.Text(walk.Version), Param.UuidOrNull(walk.WalkedTo?.Value), Param.Time(walk.OlderSeenAt));

    private static async Task<ZoneWalk?> ReadAsync(StoreTransaction transaction, string statement, CancellationToken ct)
    {
        var reader = await transaction.Batch().Add(statement).ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
            return await ReadAsync(reader, ct).ConfigureAwait(false);
    }

    /// <summary>Reads the row of the statement.</summary>
    public static async Task<ZoneWalk?> ReadAsync(SqlResults reader, CancellationToken ct)
    {
        if (!await reader.ReadAsync(ct).ConfigureAwait(false))
            return null;
        var columns = reader.Row;
        return new ZoneWalk { Version = columns.Text(), WalkedTo = columns.UuidOrNull() is { } job ? new JobId(job) : null, OlderSeenAt = columns.TimeOrNull() };
    }
}
