namespace Scheduling;

/// <summary>One tenant's exports and imports on a store.</summary>
internal sealed class TenantTransfer : ITenantTransfer
{
    private readonly SchedulerParts _parts;
    private readonly TenantId _tenant;

    public TenantTransfer(SchedulerParts parts, TenantId tenant) => (_parts, _tenant) = (parts, tenant);

    public Task<TenantExport> ExportAsync(Stream destination, IProgress<TenantExport>? progress = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return new JobExporter(_parts.Store, _tenant, destination).RunAsync(progress, ct);
    }

    public IAsyncEnumerable<ImportedLine> ImportAsync(Stream source, ImportOptions? options = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new JobImporter(_parts, _tenant, options ?? new ImportOptions()).RunAsync(source, ct);
    }
}
