namespace Scheduling;

/// <summary>Which jobs a bulk call is about: those that are named, or those that meet a filter while the call works its way through them, oldest first.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class JobSelection
{
    private readonly Dictionary<JobRef, long>? _versions;

    private JobSelection(IReadOnlyList<JobRef>? jobs, JobFilter? filter, Dictionary<JobRef, long>? versions = null) => (Jobs, Filter, _versions) = (jobs, filter, versions);

    /// <summary>The jobs that are named; null for a filter.</summary>
    public IReadOnlyList<JobRef>? Jobs { get; }

    /// <summary>The filter; null for named jobs.</summary>
    public JobFilter? Filter { get; }

    /// <summary>The jobs with these ids or keys. One that is named twice is handled twice.</summary>
    /// <param name="jobs">Ids and keys, as they come.</param>
    /// <returns>The selection.</returns>
    public static JobSelection Of(params IEnumerable<JobRef> jobs)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        return new([.. jobs], filter: null);
    }

    /// <summary>Jobs as somebody read them, such as a page that was shown: one that was changed since is a conflict and stays as it is. Asking for runs takes no notice of versions.</summary>
    /// <param name="jobs">The jobs; of one that is given twice the last version counts.</param>
    /// <returns>The selection.</returns>
    public static JobSelection AsRead(params IEnumerable<Job> jobs)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        var versions = new Dictionary<JobRef, long>();
        foreach (var job in jobs)
            versions[job.Id] = job.Version;
        return new([.. versions.Keys], filter: null, versions);
    }

    /// <summary>The jobs that meet a filter; <see cref="JobFilter.None"/> means all of the tenant.</summary>
    /// <param name="filter">The filter.</param>
    /// <returns>The selection.</returns>
    /// <exception cref="SchedulingValidationException">A text of the filter is too long or malformed.</exception>
    public static JobSelection Matching(JobFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        JobFilterRules.Require(filter);
        return new(jobs: null, filter);
    }

    /// <summary>The version that a job must have; null for any.</summary>
    internal long? VersionOf(JobRef job) => _versions?[job];

    /// <summary>The jobs that meet a filter, as <see cref="Matching"/>.</summary>
    /// <param name="filter">The filter.</param>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "Matching is the named alternate.")]
    public static implicit operator JobSelection(JobFilter filter) => Matching(filter);
}
