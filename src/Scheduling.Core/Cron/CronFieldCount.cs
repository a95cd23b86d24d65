namespace Scheduling.Cron;

/// <summary>
/// Looks at a text that did not parse as a whole: a wrong number of fields, a macro or a time zone explains more than the first odd character does.
/// </summary>
internal static class CronFieldCount
{
    /// <summary>The fields a format has.</summary>
    public static int Of(CronFormat format) => format == CronFormat.IncludeSeconds ? 6 : 5;

    /// <summary>The problem of the whole text, or null when its shape is right.</summary>
    public static CronFault? Check(ReadOnlySpan<char> text, CronFormat format)
    {
        var trimmed = text.Trim(" \t");
        var start = text.Length - text.TrimStart(" \t").Length;
        if (trimmed.IsEmpty)
        {
            return new CronFault(CronProblem.Empty, null, 0, 0);
        }

        if (trimmed[0] == '@')
        {
            return null;
        }

        if (trimmed.StartsWith("TZ=", StringComparison.OrdinalIgnoreCase) || trimmed.StartsWith("CRON_TZ=", StringComparison.OrdinalIgnoreCase))
        {
            return new CronFault(CronProblem.TimeZonePrefix, null, start, End(trimmed, 0));
        }

        return Count(trimmed) == Of(format) ? null : new CronFault(CronProblem.WrongFieldCount, null, start, trimmed.Length);
    }

    /// <summary>How many blank-separated parts a trimmed text has.</summary>
    public static int Count(ReadOnlySpan<char> trimmed)
    {
        var count = 0;
        for (var at = 0; at < trimmed.Length; count++)
        {
            at = End(trimmed, at);
            while (at < trimmed.Length && trimmed[at] is ' ' or '\t')
            {
                at++;
            }
        }

        return count;
    }

    private static int End(ReadOnlySpan<char> text, int from)
    {
        var length = text[from..].IndexOfAny(' ', '\t');
        return length < 0 ? text.Length : from + length;
    }
}
