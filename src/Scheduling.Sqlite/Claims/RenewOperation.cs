using NodaTime;
using Scheduling.Storage;

namespace Scheduling.Sqlite;

/// <summary>One renewal: the lease goes on; what was lost, what is to be cancelled, what the process did not know it had.</summary>
internal static class RenewOperation
{
    public static RenewResponse Run(WriteSession session, RenewRequest request, Instant now)
    {
        var leaseUntil = now + request.Lease;
        Presence.Touch(session, request.Owner, request.Node, request.Executors, leaseUntil, claim: null, now);
        Report(session, request, now);
        var known = request.Known.ToDictionary(static held => held.Id, static held => held.Token);
        var cancels = new List<CancelNotice>();
        var strays = 0;
        foreach (var run in session.Runs.OfOwner(request.Owner))
        {
            if (known.TryGetValue(run.Id, out var token) && token == run.Token)
            {
                known.Remove(run.Id);
                if (run.IsCancelRequested)
                    cancels.Add(new CancelNotice(run.Id, run.CancelReason));
            }
            else if (run.ClaimNumber <= request.AnsweredClaims)
            {
                HandBack(session, run, now);
                strays++;
            }
        }
        return new RenewResponse
        {
            StoreNow = now,
            LeaseUntil = leaseUntil,
            Lost = [.. known.Select(static pair => new HeldRun(pair.Key, pair.Value))],
            CancelRequested = cancels,
            Strays = strays,
        };
    }

    private static void Report(WriteSession session, RenewRequest request, Instant now)
    {
        foreach (var report in request.Reports)
        {
            if (session.Jobs.Load(report.JobId) is not { } job)
                continue;
            job.Slice.Report(request.Owner, report);
            session.Save(job, now);
        }
    }

    /// <summary>Gives up the process's lease; what it still has becomes orphaned at once.</summary>
    public static void Leave(WriteSession session, OwnerId owner, Instant now)
    {
        foreach (var run in session.Runs.OfOwner(owner))
        {
            var job = session.Jobs.Load(run.Job)!;
            job.Slice.Orphan(job.Slice.Find(run.Id)!, now);
            session.Save(job, now);
        }
        session.Processes.Remove(owner);
    }

    private static void HandBack(WriteSession session, RunTable.Leased stray, Instant now)
    {
        var job = session.Jobs.Load(stray.Job)!;
        job.Slice.HandBack(job.Slice.Find(stray.Id)!, hadBegun: false, now);
        session.Save(job, now);
    }
}
