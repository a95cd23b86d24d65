namespace Scheduling.Cron;

/// <summary>What the author of a near miss probably meant.</summary>
internal static class CronSuggestion
{
    private const int MaxSuggestedText = 60;

    private static readonly string[] WeekdayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
    private static readonly string[] MonthNames = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

    /// <summary>A text or a sentence of at most 100 characters, or null.</summary>
    public static string? For(ReadOnlySpan<char> text, CronFormat format, in CronFault fault)
    {
        var given = text.Slice(Math.Min(fault.Position, text.Length), Math.Min(fault.Length, text.Length - Math.Min(fault.Position, text.Length)));
        return fault.Problem switch
        {
            CronProblem.WrongFieldCount => ForFieldCount(given, format),
            CronProblem.TimeZonePrefix => "leave it out and give the time zone beside the expression",
            CronProblem.UnknownMacro => ForMacro(given),
            CronProblem.UnknownName => ForName(fault.Field, given),
            CronProblem.OutOfRange => ForValue(fault.Field, given),
            CronProblem.StepOutOfRange => ForStep(fault.Field, given),
            CronProblem.LoneW => "1W for the first weekday of the month, LW for the last",
            CronProblem.LoneLastWeekday => "6L for the last Saturday, 6 for every Saturday",
            CronProblem.UnexpectedCharacter => ForCharacter(given),
            _ => null,
        };
    }

    private static string? ForFieldCount(ReadOnlySpan<char> given, CronFormat format)
    {
        var count = CronFieldCount.Count(given);
        return (format, count) switch
        {
            (CronFormat.Standard, 6) => "use CronFormat.IncludeSeconds when the first field is the second, otherwise leave the sixth out",
            (_, 7) => "leave the year, the seventh field, out" + (format == CronFormat.Standard ? " and use CronFormat.IncludeSeconds" : ""),
            (CronFormat.IncludeSeconds, 5) => given.Length <= MaxSuggestedText ? "0 " + Plain(given) : "put 0 in front, for second 0",
            _ => null,
        };
    }

    private static string? ForMacro(ReadOnlySpan<char> given)
    {
        if (given.Equals("@reboot", StringComparison.OrdinalIgnoreCase))
        {
            return "start the job from the host's start instead: a reboot is not a time";
        }

        return given.Equals("@every", StringComparison.OrdinalIgnoreCase) || given.StartsWith("@every ", StringComparison.OrdinalIgnoreCase)
            ? "an interval schedule"
            : CronMacros.Nearest(given);
    }

    private static string? ForName(CronField? field, ReadOnlySpan<char> given)
    {
        var names = field == CronField.Month ? MonthNames : field == CronField.DayOfWeek ? WeekdayNames : [];
        var letters = 0;
        while (letters < given.Length && char.IsAsciiLetter(given[letters]))
        {
            letters++;
        }

        var name = given[..letters];
        foreach (var candidate in names)
        {
            if (name.StartsWith(candidate, StringComparison.OrdinalIgnoreCase))
            {
                return candidate;
            }
        }

        foreach (var candidate in names)
        {
            if (SharedLetters(name, candidate) >= 2)
            {
                return candidate;
            }
        }

        return null;
    }

    private static int SharedLetters(ReadOnlySpan<char> name, string candidate)
    {
        var shared = 0;
        for (var at = 0; at < Math.Min(name.Length, candidate.Length); at++)
        {
            shared += (name[at] & 0xDF) == candidate[at] ? 1 : 0;
        }

        return shared;
    }

    private static string? ForValue(CronField? field, ReadOnlySpan<char> given) => field switch
    {
        CronField.Second or CronField.Minute when given is "60" => "0",
        CronField.Hour when given is "24" => "0",
        CronField.DayOfMonth or CronField.Month when given is "0" => "1",
        CronField.DayOfMonth when given is "32" => "L for the last day of the month",
        _ => null,
    };

    private static string? ForStep(CronField? field, ReadOnlySpan<char> given)
    {
        var step = given[(given.IndexOf('/') + 1)..];
        return field switch
        {
            CronField.Second when step is "60" => "0 for once a minute",
            CronField.Minute when step is "60" => "0 for once an hour",
            CronField.Hour when step is "24" => "0 for once a day",
            _ => IsPositive(step) ? "an interval schedule: steps begin again with every " + Larger(field) : null,
        };
    }

    private static bool IsPositive(ReadOnlySpan<char> step) => step.ContainsAnyInRange('1', '9') && !step.ContainsAnyExceptInRange('0', '9');

    private static string Larger(CronField? field) => field switch
    {
        CronField.Second => "minute",
        CronField.Minute => "hour",
        CronField.Hour => "day",
        CronField.DayOfMonth => "month",
        CronField.Month => "year",
        _ => "week",
    };

    private static string? ForCharacter(ReadOnlySpan<char> given) => given switch
    {
        ['#'] => "leave comments out",
        [var character] when (char.IsWhiteSpace(character) && character != ' ') || character is '\uFEFF' or '\u200B' => "separate fields by plain spaces or tabs",
        _ => null,
    };

    private static string Plain(ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange(' ', '~') < 0 ? text.ToString() : "(the same text)";
}
