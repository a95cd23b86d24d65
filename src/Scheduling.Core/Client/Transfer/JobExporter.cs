using System.Buffers;
using System.Text.Json;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling;

/// <summary>Writes one tenant's jobs and the names of its secrets, page by page.</summary>
internal sealed class JobExporter
{
    private const int PageSize = 500;
    private const int MostListed = 100;
    private readonly ISchedulingStore _store;
    private readonly TenantId _tenant;
    private readonly Stream _destination;
    private readonly ArrayBufferWriter<byte> _buffer = new(64 * 1024);
    private readonly List<string> _unreadable = [];
    private long _jobs;
    private long _secrets;

    public JobExporter(ISchedulingStore store, TenantId tenant, Stream destination) => (_store, _tenant, _destination) = (store, tenant, destination);

    public async Task<TenantExport> RunAsync(IProgress<TenantExport>? progress, CancellationToken ct)
    {
        var jobs = new ListJobsRequest { Tenant = _tenant, Size = PageSize };
        for (var count = PageSize; count == PageSize;)
        {
            var page = await _store.Jobs.ListAsync(jobs, ct).ConfigureAwait(false);
            Write(page);
            await FlushAsync(progress, ct).ConfigureAwait(false);
            count = page.Count;
            if (count > 0)
                jobs = jobs with { After = new JobPosition { Id = page[^1].Id } };
        }
        var secrets = new ListSecretsRequest { Tenant = _tenant, Size = PageSize };
        for (var count = PageSize; count == PageSize;)
        {
            var page = await _store.Secrets.ListAsync(secrets, ct).ConfigureAwait(false);
            foreach (var secret in page)
                WriteLine(secret.Name, TransferLine.Write);
            _secrets += page.Count;
            await FlushAsync(progress, ct).ConfigureAwait(false);
            count = page.Count;
            if (count > 0)
                secrets = secrets with { After = page[^1].Name };
        }
        await _destination.FlushAsync(ct).ConfigureAwait(false);
        return Result;
    }

    private TenantExport Result => new() { Jobs = _jobs, Secrets = _secrets, Unreadable = [.. _unreadable] };

    private void Write(IReadOnlyList<Job> jobs)
    {
        foreach (var job in jobs)
        {
            if (job.Fault?.Reason == JobFaultReason.Unreadable)
            {
                if (_unreadable.Count < MostListed)
                    _unreadable.Add(job.Key);
                continue;
            }
            WriteLine(job, TransferLine.Write);
            _jobs++;
        }
    }

    private void WriteLine<T>(T what, Action<Utf8JsonWriter, T> write)
    {
        using (var writer = new Utf8JsonWriter(_buffer, DocumentWriter.Options))
            write(writer, what);
        _buffer.Write("\n"u8);
    }

    private async ValueTask FlushAsync(IProgress<TenantExport>? progress, CancellationToken ct)
    {
        if (_buffer.WrittenCount == 0)
            return;
        await _destination.WriteAsync(_buffer.WrittenMemory, ct).ConfigureAwait(false);
        _buffer.ResetWrittenCount();
        progress?.Report(Result);
    }
}
