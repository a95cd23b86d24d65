namespace Scheduling.Cron;

/// <summary>The names that stand for whole expressions, in any case, with either format.</summary>
internal static class CronMacros
{
    private static readonly (string Name, string Expansion)[] Macros =
    [
        ("@yearly", "0 0 1 1 *"),
        ("@annually", "0 0 1 1 *"),
        ("@monthly", "0 0 1 * *"),
        ("@weekly", "0 0 * * 0"),
        ("@daily", "0 0 * * *"),
        ("@midnight", "0 0 * * *"),
        ("@hourly", "0 * * * *"),
        ("@every_minute", "* * * * *"),
        ("@every_second", "* * * * * *"),
    ];

    /// <summary>All names, for error messages.</summary>
    public const string Names = "@yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly, @every_minute, @every_second";

    /// <summary>The fields a name stands for, or null.</summary>
    public static string? Expand(ReadOnlySpan<char> name, out CronFormat format)
    {
        format = CronFormat.Standard;
        foreach (var (macro, expansion) in Macros)
        {
            if (name.Equals(macro, StringComparison.OrdinalIgnoreCase))
            {
                format = CronFieldCount.Count(expansion) == CronFieldCount.Of(CronFormat.IncludeSeconds) ? CronFormat.IncludeSeconds : CronFormat.Standard;
                return expansion;
            }
        }

        return null;
    }

    /// <summary>The name a misspelt one was probably meant to be, or null.</summary>
    public static string? Nearest(ReadOnlySpan<char> name)
    {
        foreach (var (macro, _) in Macros)
        {
            // "@minutely", "@secondly", "@every-minute": the word decides, not its form.
            var stem = macro.StartsWith("@every_", StringComparison.Ordinal) ? macro.AsSpan(7, 3) : macro.AsSpan(1, 3);
            if (name.Contains(stem, StringComparison.OrdinalIgnoreCase))
            {
                return macro;
            }
        }

        return null;
    }
}
