using NodaTime;
using Scheduling.Storage;

namespace Scheduling.Sqlite;

/// <summary>Creates a job, edits one, or does whichever fits.</summary>
internal static class WriteJobOperation
{
    public static WriteJobResponse Run(WriteSession session, WriteJobRequest request, Instant now)
    {
        if (session.Jobs.Find(request.Tenant, request.Job) is { } job)
            return request.Edit is null ? Answer(session, WriteJobOutcome.Exists, job, now) : Edit(session, job, request, now);
        return request.Create is null ? new WriteJobResponse { Outcome = WriteJobOutcome.NotFound } : Create(session, request, now);
    }

    private static WriteJobResponse Create(WriteSession session, WriteJobRequest request, Instant now)
    {
        var job = request.Create!(now);
        if (session.Jobs.Find(request.Tenant, job.Key) is { } other)
            return Answer(session, WriteJobOutcome.Exists, other, now);
        if (request.MaximumJobs is { } maximum && session.Jobs.Count(request.Tenant) is var count && count >= maximum)
            return new WriteJobResponse { Outcome = WriteJobOutcome.TooMany, JobCount = count };
        session.Save(session.Jobs.Create(job, session.Turns.IdOf(job.Tenant, job.Executor)), now);
        return new WriteJobResponse { Outcome = WriteJobOutcome.Created, Job = session.Pauses.Show(job, now) };
    }

    private static WriteJobResponse Edit(WriteSession session, LockedJob job, WriteJobRequest request, Instant now)
    {
        if (request.ExpectedVersion is { } expected && expected != job.Due.Version)
            return Answer(session, WriteJobOutcome.VersionConflict, job, now);
        var edit = request.Edit!(job.Slice.ToJob(), now);
        if (!edit.IsChange)
            return new WriteJobResponse { Outcome = WriteJobOutcome.Unchanged, Job = session.Pauses.Show(edit.Job, now) };
        var executor = job.Due.Executor;
        job.Slice.Edit(edit, now);
        job.IsDefinitionChanged = true;
        if (!string.Equals(executor, job.Due.Executor, StringComparison.Ordinal))
            Move(session, job);
        session.Turns.Touch(job.Turn);
        session.Save(job, now);
        return Answer(session, WriteJobOutcome.Changed, job, now);
    }

    /// <summary>The job's work goes to the turn of its new executor.</summary>
    private static void Move(WriteSession session, LockedJob job)
    {
        session.Turns.Touch(job.Turn);
        job.Turn = session.Turns.IdOf(job.Due.Tenant, job.Due.Executor);
    }

    private static WriteJobResponse Answer(WriteSession session, WriteJobOutcome outcome, LockedJob job, Instant now) =>
        new() { Outcome = outcome, Job = session.Pauses.Show(job.Slice.ToJob(), now) };
}
