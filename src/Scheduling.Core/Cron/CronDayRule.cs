namespace Scheduling.Cron;

/// <summary>Which days match when day of month and day of week are both restricted, as in <c>0 0 13 * FRI</c>.</summary>
/// <remarks>The numbers are stored and never change. When only one of the two fields is restricted the rules do not differ.</remarks>
public enum CronDayRule : byte
{
    /// <summary>Both fields must match: <c>0 0 13 * FRI</c> is every Friday the 13th. The default, and what Cronos and NCrontab do.</summary>
    Both = 0,

    /// <summary>
    /// Either field is enough: <c>0 0 13 * FRI</c> is every Friday and every 13th. The rule of POSIX crontab and Vixie cron:
    /// a field that begins with <c>*</c> or <c>?</c> does not count as restricted, so with <c>*/2</c> in one of them both must match.
    /// </summary>
    Either = 1,
}
