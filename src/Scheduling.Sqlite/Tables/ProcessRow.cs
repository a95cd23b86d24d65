using NodaTime;

namespace Scheduling.Sqlite;

/// <summary>A process with a lease.</summary>
internal sealed class ProcessRow
{
    public required OwnerId Owner { get; init; }

    public required HashSet<string> Executors { get; init; }

    public required Instant LeaseUntil { get; set; }

    public long LastClaim { get; set; }
}
