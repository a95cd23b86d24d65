using NodaTime;
using Scheduling.Planning;
using Scheduling.Storage;

namespace Scheduling;

/// <summary>Reads what there is to know of a slot and has it judged. Writes nothing.</summary>
internal sealed class SlotInquiry
{
    private const int PausePage = 500;
    private const int MostPauses = 10_000;
    private readonly SchedulerParts _parts;
    private readonly TenantId _tenant;

    private SlotInquiry(SchedulerParts parts, TenantId tenant) => (_parts, _tenant) = (parts, tenant);

    public static async ValueTask<SlotAnswer> AskAsync(SchedulerParts parts, TenantId tenant, JobRef reference, Instant slot, CancellationToken ct)
    {
        var inquiry = new SlotInquiry(parts, tenant);
        var (job, now) = await inquiry.ReadAsync(reference, ct).ConfigureAwait(false) ?? throw new JobNotFoundException(tenant, reference);
        return SlotJudge.Judge(await inquiry.GatherAsync(job, slot, now, ct).ConfigureAwait(false), parts.Planner);
    }

    private async ValueTask<SlotFacts> GatherAsync(Job job, Instant slot, Instant now, CancellationToken ct)
    {
        var facts = new SlotFacts { Slot = slot, Job = job, Now = now, Pauses = await PausesAsync(job, ct).ConfigureAwait(false) };
        var start = SlotJudge.StartOf(job, slot, _parts.Planner);
        if (start > now && !(slot <= job.LastSlot))
            return facts;
        var row = await new SlotRowSearch(_parts.Store.Executions, job, slot).FindAsync(start, now, ct).ConfigureAwait(false);
        facts = facts with { Row = row };
        if (row.Row is { } found && found.Status.IsTerminal())
            return facts;
        return facts with
        {
            Row = row.Row is null ? row with { Near = await OpenAsync(job, ct).ConfigureAwait(false) } : row,
            Tenant = await _parts.Store.Jobs.GetTenantAsync(_tenant, ct).ConfigureAwait(false),
            Store = await _parts.Store.Claims.InspectAsync(ct).ConfigureAwait(false),
        };
    }

    /// <summary>The job and the store's now in one consistent read: an edit that changes nothing.</summary>
    private async ValueTask<(Job Job, Instant Now)?> ReadAsync(JobRef reference, CancellationToken ct)
    {
        (Job, Instant)? read = null;
        var request = new WriteJobRequest
        {
            Tenant = _tenant,
            Job = reference,
            Edit = (stored, now) =>
            {
                read = (stored, now);
                return new JobEdit { Job = stored, IsChange = false };
            },
        };
        await _parts.Store.Jobs.WriteAsync(request, ct).ConfigureAwait(false);
        return read;
    }

    private async ValueTask<IReadOnlyList<Execution>> OpenAsync(Job job, CancellationToken ct)
    {
        var request = new ListExecutionsRequest { Tenant = _tenant, Job = job.Id, Statuses = [ExecutionStatus.Pending, ExecutionStatus.Running], Size = ExecutionQuery.MaximumPageSize };
        return await _parts.Store.Executions.ListAsync(request, ct).ConfigureAwait(false) ?? [];
    }

    private async ValueTask<PauseBook> PausesAsync(Job job, CancellationToken ct)
    {
        var book = new PauseBook();
        var request = new ListPausesRequest { Tenant = _tenant, Executor = job.Executor, IncludesEnded = true, Size = PausePage };
        for (var read = 0; read < MostPauses; read += PausePage)
        {
            var page = await _parts.Store.Pauses.ListAsync(request, ct).ConfigureAwait(false);
            foreach (var pause in page)
                book.Put(pause);
            if (page.Count < PausePage)
                break;
            request = request with { After = page[^1] };
        }
        return book;
    }
}
