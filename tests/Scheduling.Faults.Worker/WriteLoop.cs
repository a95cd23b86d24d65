using NodaTime;
using Scheduling.Planning;
using Scheduling.Schedules;
using Scheduling.Sqlite;
using Scheduling.Storage;

namespace Scheduling.Faults;

/// <summary>Writes to the store as fast as it goes, and notes each thing once the store has acknowledged it. Whatever is noted must be there after a kill.</summary>
internal sealed class WriteLoop(ISchedulingStore store, RunFile notes, string node)
{
    private const int Lanes = 6;
    private const int Batch = 50;

    public async Task RunAsync(CancellationToken stop) =>
        await Task.WhenAll([ClaimAsync(stop), .. Enumerable.Range(0, Lanes).Select(lane => AskAsync(lane, stop))]);

    /// <summary>Creates jobs and asks for a run of each.</summary>
    private async Task AskAsync(int lane, CancellationToken stop)
    {
        var jobs = new JobScheduler(store).ForTenant($"tenant-{lane}");
        for (var n = 0; !stop.IsCancellationRequested; n++)
        {
            var key = FormattableString.Invariant($"{node}-{lane}-{n}");
            await NoteAsync(async () =>
            {
                await jobs.CreateAsync(new JobDefinition { Key = key, Executor = "work", Schedule = Schedule.Manual }, CancellationToken.None);
                notes.Write($"created\ttenant-{lane}\t{key}");
                var run = await jobs.RunNowAsync(key, ct: CancellationToken.None);
                notes.Write($"asked\ttenant-{lane}\t{run.Id}");
            });
        }
    }

    /// <summary>Claims runs and settles them with the next claim.</summary>
    private async Task ClaimAsync(CancellationToken stop)
    {
        var request = new ClaimRequest
        {
            Owner = OwnerId.New(Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow())),
            Node = node,
            Number = 0,
            Executors = [new ExecutorCapacity("work", Batch)],
            Free = Batch,
            Lease = Duration.FromSeconds(30),
            Planner = new DuePlanner(),
        };
        while (!stop.IsCancellationRequested)
        {
            await NoteAsync(async () =>
            {
                request = request with { Number = request.Number + 1 };
                var answer = await store.Claims.ClaimAsync(request, CancellationToken.None);
                for (var i = 0; i < answer.Settled.Count; i++)
                {
                    if (answer.Settled[i] == SettlementOutcome.Accepted)
                        notes.Write($"settled\t{request.Settlements[i].Tenant}\t{request.Settlements[i].Id}");
                }
                request = request with { Settlements = [.. answer.Runs.Select(SettlementOf)] };
            });
        }
    }

    // A refusal is an answer, too: nothing was acknowledged, and the next write is as good as the first.
    private async Task NoteAsync(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (SqliteStoreException refused)
        {
            notes.Write($"refused\t{refused.Problem}\t{refused.ErrorCode}");
        }
    }

    private static Settlement SettlementOf(ClaimedRun run) => new()
    {
        Id = run.Id,
        Tenant = run.Tenant,
        JobId = run.JobId,
        Executor = run.Definition.Executor,
        Token = run.Token,
        Kind = SettlementKind.End,
        Status = ExecutionStatus.Succeeded,
    };
}
