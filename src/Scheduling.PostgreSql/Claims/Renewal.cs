using NodaTime;
using Npgsql;
using Scheduling.PostgreSql.Connections;
using Scheduling.PostgreSql.Rows;
using Scheduling.Storage;

namespace Scheduling.PostgreSql.Claims;

/// <summary>
/// Prolongs a process's lease and finds out what it has. Reports are written and strays handed back in transactions of their own, because these wait for jobs and turns and a lease must not; what fails
/// there is told, and the renewal stands.
/// </summary>
internal sealed class Renewal(Database database, RenewRequest request)
{
    /// <summary>How long anything behind the renewal may wait: the next renewal must not be late for it.</summary>
    private static readonly TimeSpan Behind = TimeSpan.FromSeconds(1);

    private readonly Dictionary<ExecutionId, long> _known = request.Known.ToDictionary(static held => held.Id, static held => held.Token);
    private readonly List<CancelNotice> _cancels = [];
    private readonly List<(ExecutionId Run, JobMoves.Found Found)> _strays = [];
    private bool _hasParked;

    public async ValueTask<RenewResponse> RunAsync(CancellationToken ct)
    {
        var renewed = await database.RunAsync(RenewAsync, ct).ConfigureAwait(false);
        try
        {
            if (_hasParked)
                await database.RunAsync(UnparkAsync, Behind, ct).ConfigureAwait(false);
            if (request.Reports.Count > 0)
                await database.RunAsync(ReportAsync, Behind, ct).ConfigureAwait(false);
            return _strays.Count == 0 ? renewed : renewed with { Strays = await database.RunAsync(HandBackAsync, Behind, ct).ConfigureAwait(false) };
        }
        catch (Exception failure) when (IsBehind(failure))
        {
            return renewed with { Unfinished = failure };
        }
    }

    /// <summary>The same on the calling thread.</summary>
    public RenewResponse Run()
    {
        var renewed = database.RunHere(RenewAsync);
        try
        {
            if (_hasParked)
                database.RunHere(UnparkAsync, Behind);
            if (request.Reports.Count > 0)
                database.RunHere(ReportAsync, Behind);
            return _strays.Count == 0 ? renewed : renewed with { Strays = database.RunHere(HandBackAsync, Behind) };
        }
        catch (Exception failure) when (IsBehind(failure))
        {
            return renewed with { Unfinished = failure };
        }
    }

    // A batch: claims take up all of them, and a renewal must not be late for any number.
    private Task<int> UnparkAsync(StoreTransaction transaction, CancellationToken ct) => ParkedJobs.TakeUpSomeAsync(transaction, request.Executors, ct);

    /// <summary>The lease is renewed by then: the process must hear of it, or it would give up work that is its own.</summary>
    private static bool IsBehind(Exception failure) => failure is NpgsqlException or TimeoutException or MovedException;

    private async Task<RenewResponse> RenewAsync(StoreTransaction transaction, CancellationToken ct)
    {
        var known = new Dictionary<ExecutionId, long>(_known);
        _cancels.Clear();
        _strays.Clear();
        Instant leaseUntil;
        var reader = await transaction.Batch()
            .Add("touch_process", Param.Uuid(request.Owner.Value), Param.Text(request.Node), Param.Texts(request.Executors), Param.Time(transaction.TestNow), Param.Long(ProcessLease.MicrosecondsOf(request.Lease)))
            .Add("runs_of_process", Param.Uuid(request.Owner.Value))
            .Add("has_parked", Param.Texts(request.Executors))
            .Commit()
            .ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            await reader.ReadAsync(ct).ConfigureAwait(false);
            leaseUntil = reader.Row.Time();
            await reader.NextAsync(ct).ConfigureAwait(false);
            while (await reader.ReadAsync(ct).ConfigureAwait(false))
                Hear(reader.Row, known);
            await reader.NextAsync(ct).ConfigureAwait(false);
            await reader.ReadAsync(ct).ConfigureAwait(false);
            _hasParked = reader.Row.BoolAt(0);
            await reader.NextAsync(ct).ConfigureAwait(false);
        }
        return new RenewResponse
        {
            StoreNow = transaction.Now,
            LeaseUntil = leaseUntil,
            Lost = [.. known.Select(static pair => new HeldRun(pair.Key, pair.Value))],
            CancelRequested = [.. _cancels],
        };
    }

    private void Hear(ColumnReader columns, Dictionary<ExecutionId, long> known)
    {
        var id = new ExecutionId(columns.Uuid());
        var found = new JobMoves.Found(new JobId(columns.Uuid()), new TenantId(columns.Text()));
        var (token, claim) = (columns.Long(), columns.Long());
        if (known.TryGetValue(id, out var held) && held == token)
        {
            known.Remove(id);
            if (columns.Bool())
                _cancels.Add(new CancelNotice(id, columns.TextOrNull()));
        }
        else if (claim <= request.AnsweredClaims)
        {
            _strays.Add((id, found));
        }
    }

    /// <summary>Writes what runs report, under the locks of their jobs alone: no turn and no counter changes.</summary>
    private async Task<int> ReportAsync(StoreTransaction transaction, CancellationToken ct)
    {
        var batch = transaction.Batch();
        LockedJobs.AddTo(batch, [.. request.Reports.Select(static report => report.JobId.Value).Distinct()], withDefinitions: false);
        var jobs = new LockedJobs(transaction.Ids);
        var reader = await batch.ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
            await jobs.ReadAsync(reader, withDefinitions: false, transaction.Now, ct).ConfigureAwait(false);
        foreach (var report in request.Reports)
            jobs.Slices.GetValueOrDefault(report.JobId)?.Report(request.Owner, report);
        var writes = transaction.Batch();
        SliceWriter.Add(writes, [.. jobs.Slices.Values], transaction.Now);
        await writes.Commit().ExecuteAsync(ct).ConfigureAwait(false);
        return request.Reports.Count;
    }

    private async Task<int> HandBackAsync(StoreTransaction transaction, CancellationToken ct)
    {
        var handedBack = 0;
        await JobMoves.RunAsync(
            transaction,
            [.. _strays.Select(static stray => stray.Found)],
            (slices, _) =>
            {
                handedBack = 0;
                var runs = _strays.Select(static stray => stray.Run).ToHashSet();
                foreach (var slice in slices)
                {
                    foreach (var run in slice.Open.Where(run => runs.Contains(run.Id) && run.Status == ExecutionStatus.Running && run.Owner == request.Owner).ToList())
                    {
                        slice.HandBack(run, hadBegun: false, transaction.Now);
                        handedBack++;
                    }
                }
                return Task.CompletedTask;
            },
            ct).ConfigureAwait(false);
        return handedBack;
    }
}
