namespace Scheduling.Storage;

/// <summary>Orders jobs by id.</summary>
internal sealed class JobIdComparer : IComparer<JobEntry>
{
    public static JobIdComparer Instance { get; } = new();

    public int Compare(JobEntry? x, JobEntry? y) => x!.Id.CompareTo(y!.Id);
}
