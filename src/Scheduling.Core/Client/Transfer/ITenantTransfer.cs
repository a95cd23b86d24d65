namespace Scheduling;

/// <summary>A tenant's jobs out of and into files: JSON lines, one job a line, in the form of <see cref="JobDocument"/>.</summary>
/// <remarks>
/// Thread-safe. A line is a <see cref="JobDocument"/> with <c>v</c> (the form of the line, 1) and, for a job that is paused, <c>pause</c> with <c>by</c>, <c>reason</c> and <c>until</c>; or it names a secret, never its value:
/// <c>{"v":1,"secret":"github-token"}</c>. Whatever a payload contains, a line stays one line. History, limits and pauses of whole tenants are not part of it.
/// </remarks>
public interface ITenantTransfer
{
    /// <summary>
    /// Writes the tenant's jobs, oldest first, then the names of its secrets. A grid that the definition leaves to the time of creation is written as its <c>anchor</c>, so that the jobs keep their times elsewhere. Jobs that are created
    /// or deleted meanwhile are in it or not.
    /// </summary>
    /// <param name="destination">Where to; written to in pieces, not closed.</param>
    /// <param name="progress">Told after each piece of at most 500 jobs; null for nobody.</param>
    /// <param name="ct">Ends the export between two pieces; what is written is whole lines.</param>
    /// <returns>How much was written.</returns>
    Task<TenantExport> ExportAsync(Stream destination, IProgress<TenantExport>? progress = null, CancellationToken ct = default);

    /// <summary>
    /// Reads lines and makes each job be there, as it is enumerated: one result a line, in their order, and a line that is wrong stops no other. A new job gets the pause of its line, from now on; a job that is there gets the
    /// definition, as <see cref="ITenantJobs.EnsureAsync"/> does it, and keeps its own pause. A line that is imported again changes nothing.
    /// </summary>
    /// <param name="source">Where from: UTF-8, lines that end with LF or CR LF, blank ones are passed over; a line has at most 2,097,152 bytes. Read in pieces, not closed.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="ct">Ends the import between two lines; what is done is done, and the import may be repeated.</param>
    /// <returns>The results. Enumerate them to the end: nothing is written before they are asked for. A failure of the store ends the enumeration with that failure.</returns>
    IAsyncEnumerable<ImportedLine> ImportAsync(Stream source, ImportOptions? options = null, CancellationToken ct = default);
}
