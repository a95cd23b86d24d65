namespace Scheduling.Storage;

/// <summary>A process with a lease: everything it runs hangs on this one row.</summary>
internal sealed class ProcessEntry(OwnerId owner, string node)
{
    public OwnerId Owner { get; } = owner;

    public string Node { get; } = node;

    public long LeaseUntil { get; set; }

    public HashSet<string> Executors { get; } = new(StringComparer.Ordinal);

    public int Running { get; set; }

    public long LastClaim { get; set; }

    public bool IsLive(long now) => LeaseUntil > now;
}
