using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using NodaTime;
using Scheduling.Storage;

namespace Scheduling;

/// <summary>Makes a tenant's jobs what lines say, each in a write of its own.</summary>
internal sealed class JobImporter
{
    private readonly SchedulerParts _parts;
    private readonly TenantId _tenant;
    private readonly ImportOptions _options;

    public JobImporter(SchedulerParts parts, TenantId tenant, ImportOptions options) => (_parts, _tenant, _options) = (parts, tenant, options);

    public async IAsyncEnumerable<ImportedLine> RunAsync(Stream source, [EnumeratorCancellation] CancellationToken ct)
    {
        var writer = await JobWriter.OpenAsync(_parts, _tenant, ct).ConfigureAwait(false);
        await foreach (var line in JsonLineReader.ReadAsync(source, JobDocument.MaximumBytes, ct).ConfigureAwait(false))
        {
            if (line.IsTooLong || !IsBlank(line.Utf8.Span))
                yield return await ImportAsync(writer, line, ct).ConfigureAwait(false);
        }
    }

    private async ValueTask<ImportedLine> ImportAsync(JobWriter writer, JsonLine line, CancellationToken ct)
    {
        string? key = null;
        try
        {
            if (line.IsTooLong)
                throw TooLong();
            var read = TransferLine.Read(line.Utf8, out key);
            var item = read.Secret is { } secret ? await LookForAsync(secret, ct).ConfigureAwait(false) : await WriteAsync(writer, read, ct).ConfigureAwait(false);
            return item with { Line = line.Number };
        }
        catch (Exception refusal) when (refusal is SchedulingValidationException or AdmissionException)
        {
            return new ImportedLine { Line = line.Number, Key = key, Outcome = ImportOutcome.Refused, Error = refusal };
        }
    }

    private async ValueTask<ImportedLine> LookForAsync(string secret, CancellationToken ct)
    {
        var known = await _parts.Store.Secrets.GetAsync(_tenant, secret, ct).ConfigureAwait(false);
        return new ImportedLine { Secret = secret, Outcome = known is null ? ImportOutcome.SecretMissing : ImportOutcome.SecretPresent };
    }

    private async ValueTask<ImportedLine> WriteAsync(JobWriter writer, TransferLine line, CancellationToken ct)
    {
        var item = new ImportedLine { Key = line.Definition!.Key };
        var request = writer.Restoring(line.Definition, line.Pause);
        var (create, edit) = (request.Create!, request.Edit!);
        request = request with
        {
            Create = now =>
            {
                var job = create(now);
                item = item with { Outcome = ImportOutcome.Created, Job = job };
                return _options.IsDryRun ? throw new PreviewOnlyException() : job;
            },
            Edit = (stored, now) =>
            {
                var edited = _options.UpdatesExisting ? edit(stored, now) : Nothing(stored);
                item = item with { Outcome = OutcomeOf(edited), Job = edited.Job };
                return _options.IsDryRun ? Nothing(stored) : edited;
            },
        };
        try
        {
            var response = await writer.WriteAsync(request, ct).ConfigureAwait(false);
            return _options.IsDryRun ? item : item with { Job = response.Job };
        }
        catch (PreviewOnlyException)
        {
            return item;
        }
    }

    private ImportOutcome OutcomeOf(Planning.JobEdit edit) =>
        !_options.UpdatesExisting ? ImportOutcome.Kept : edit.IsChange ? ImportOutcome.Updated : ImportOutcome.Unchanged;

    private static Planning.JobEdit Nothing(Job stored) => new() { Job = stored, IsChange = false };

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.TrimStart(" \t\r"u8).IsEmpty;

    private static SchedulingValidationException TooLong() => new(new ValidationError
    {
        Field = Schedules.DocumentFields.Root,
        Allowed = "a JSON object",
        Message = string.Create(CultureInfo.InvariantCulture, $"The line has more than {JobDocument.MaximumBytes:N0} bytes: no job needs so many."),
    });
}
