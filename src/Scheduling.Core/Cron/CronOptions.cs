namespace Scheduling.Cron;

/// <summary>How <see cref="CronExpression.Parse(string, CronOptions)"/> reads a text. Every default is valid; instances are immutable and thread-safe.</summary>
public sealed class CronOptions
{
    /// <summary>Five fields, or six with seconds. Default <see cref="CronFormat.Standard"/>.</summary>
    public CronFormat Format { get; init; }

    /// <summary>What two restricted day fields mean together. Default <see cref="CronDayRule.Both"/>.</summary>
    public CronDayRule DayRule { get; init; }

    /// <summary>
    /// The text whose hash chooses the values of <c>H</c>; any text, usually the key of a job. Default null: an expression with <c>H</c> is then refused.
    /// </summary>
    /// <remarks>The same key always gives the same values, in every process and on every machine.</remarks>
    public string? SpreadKey { get; init; }
}
