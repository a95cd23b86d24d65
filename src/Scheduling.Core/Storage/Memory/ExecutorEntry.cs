namespace Scheduling.Storage;

/// <summary>An executor key: the turns of the tenants whose jobs name it, and the jobs parked for want of it.</summary>
internal sealed class ExecutorEntry(string key)
{
    public string Key { get; } = key;

    public MinHeap<TurnEntry> Turns { get; } = new();

    public HashSet<JobEntry> Parked { get; } = [];

    public int Jobs { get; set; }
}
