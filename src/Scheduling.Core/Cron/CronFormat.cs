namespace Scheduling.Cron;

/// <summary>How many fields a cron expression has.</summary>
/// <remarks>The numbers are stored and never change.</remarks>
public enum CronFormat : byte
{
    /// <summary>Five fields: minute, hour, day of month, month, day of week. Every occurrence is at second 0. The default.</summary>
    Standard = 0,

    /// <summary>Six fields: a second field (0-59) comes before the five of <see cref="Standard"/>.</summary>
    IncludeSeconds = 1,
}
