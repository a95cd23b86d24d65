namespace Scheduling.Sqlite;

/// <summary>What a commit survives.</summary>
public enum SqliteDurability
{
    /// <summary>Everything that was acknowledged survives the loss of power: each commit waits for the disk (<c>synchronous=FULL</c>). The default.</summary>
    Full = 0,

    /// <summary>Everything survives the end of the process, however it ends; the last moments before a loss of power may be lost, and the file stays whole (<c>synchronous=NORMAL</c>). Faster on slow disks.</summary>
    Normal = 1,
}
