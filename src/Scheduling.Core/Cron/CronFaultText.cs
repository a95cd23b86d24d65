using System.Globalization;
using System.Text;

namespace Scheduling.Cron;

/// <summary>Turns a <see cref="CronFault"/> into the exception a person reads.</summary>
internal static class CronFaultText
{
    private const int MaxGiven = 40;

    public static CronFormatException ToException(ReadOnlySpan<char> text, CronFormat format, in CronFault fault)
    {
        var given = Given(text, fault);
        var allowed = Allowed(format, fault);
        var suggestion = CronSuggestion.For(text, format, fault);
        var message = new StringBuilder(300).Append("Invalid cron expression");
        if (fault.Field is { } field)
        {
            message.Append(", ").Append(NameOf(field)).Append(" field");
        }

        message.Append(CultureInfo.InvariantCulture, $", position {fault.Position}: ").Append(Complaint(fault, given)).Append(" Allowed: ").Append(allowed).Append('.');
        if (suggestion is not null)
        {
            message.Append(" Suggestion: ").Append(suggestion);
        }

        return new CronFormatException(message.ToString(), fault.Field, fault.Position, given, allowed, suggestion);
    }

    public static string NameOf(CronField field) => field switch
    {
        CronField.Second => "second",
        CronField.Minute => "minute",
        CronField.Hour => "hour",
        CronField.DayOfMonth => "day-of-month",
        CronField.Month => "month",
        _ => "day-of-week",
    };

    private static string Complaint(in CronFault fault, string given) => fault.Problem switch
    {
        CronProblem.TooLong => $"the text has {given} characters.",
        CronProblem.Empty => "the text is empty.",
        CronProblem.WrongFieldCount => $"the text has {given} fields.",
        CronProblem.TimeZonePrefix => $"'{given}' names a time zone.",
        CronProblem.UnknownMacro => $"'{given}' is not known.",
        CronProblem.OutOfRange => $"'{given}' is out of range.",
        CronProblem.UnknownName => $"'{given}' is not a name of this field.",
        CronProblem.StepOutOfRange => $"'{given}' has a step that is missing or out of range.",
        CronProblem.MustStandAlone => $"'{given}' combines what must stand alone.",
        CronProblem.LoneW => $"'{given}' has W without a day before it.",
        CronProblem.LoneLastWeekday => $"'{given}' has L without a weekday before it.",
        CronProblem.NthOutOfRange => $"'{given}' has no valid number after '#'.",
        CronProblem.LastDayOffsetOutOfRange => $"'{given}' has no valid number after 'L-'.",
        CronProblem.SpreadRange => $"'{given}' is not a valid use of H.",
        CronProblem.SpreadKeyMissing => "H needs a spread key to take its value from, and none was given.",
        _ => fault.Length == 0 ? "the text ends too early." : $"'{given}' is not expected here.",
    };

    private static string Allowed(CronFormat format, in CronFault fault) => fault.Problem switch
    {
        CronProblem.TooLong => "at most 256 characters",
        CronProblem.Empty or CronProblem.WrongFieldCount => format == CronFormat.IncludeSeconds
            ? "6 fields (second minute hour day-of-month month day-of-week), separated by spaces or tabs"
            : "5 fields (minute hour day-of-month month day-of-week), separated by spaces or tabs",
        CronProblem.TimeZonePrefix => "fields only",
        CronProblem.UnknownMacro => CronMacros.Names,
        CronProblem.OutOfRange or CronProblem.UnknownName => Values(fault.Field),
        CronProblem.StepOutOfRange => string.Create(CultureInfo.InvariantCulture, $"steps 1-{CronFieldRange.Max(fault.Field ?? CronField.Minute)}"),
        CronProblem.MustStandAlone => fault.Field == CronField.DayOfWeek
            ? "n#k or nL alone in the field, or a list without them"
            : "L, L-n, LW, L-nW or nW alone in the field, or a list without them",
        CronProblem.LoneW => "nW with a day 1-31, or LW",
        CronProblem.LoneLastWeekday => "nL with a weekday 0-7 or SUN-SAT",
        CronProblem.NthOutOfRange => "n#1 to n#5",
        CronProblem.LastDayOffsetOutOfRange => "L-0 to L-30",
        CronProblem.SpreadRange => "H, H/n, H(a-b), H(a-b)/n with a not after b, within " + Values(fault.Field),
        CronProblem.SpreadKeyMissing => "H with CronOptions.SpreadKey set",
        _ => fault.Field is null ? "fields only" : Values(fault.Field) + ", and * ? , - / between them",
    };

    private static string Values(CronField? field) => field switch
    {
        CronField.Second or CronField.Minute => "0-59",
        CronField.Hour => "0-23",
        CronField.DayOfMonth => "1-31",
        CronField.Month => "1-12 or JAN-DEC",
        _ => "0-7 or SUN-SAT",
    };

    private static string Given(ReadOnlySpan<char> text, in CronFault fault) => fault.Problem switch
    {
        CronProblem.TooLong => text.Length.ToString(CultureInfo.InvariantCulture),
        CronProblem.WrongFieldCount => CronFieldCount.Count(text.Trim(" \t")).ToString(CultureInfo.InvariantCulture),
        _ => Excerpt(text.Slice(Math.Min(fault.Position, text.Length), Math.Min(fault.Length, text.Length - Math.Min(fault.Position, text.Length)))),
    };

    /// <summary>At most 40 characters of a text, printable ASCII as it is and everything else as its code.</summary>
    private static string Excerpt(ReadOnlySpan<char> text)
    {
        var excerpt = new StringBuilder(MaxGiven);
        foreach (var character in text)
        {
            var piece = character is >= ' ' and <= '~' ? character.ToString() : string.Create(CultureInfo.InvariantCulture, $"U+{(int)character:X4}");
            if (excerpt.Length + piece.Length > MaxGiven - 3)
            {
                return excerpt.Append("...").ToString();
            }

            excerpt.Append(piece);
        }

        return excerpt.ToString();
    }
}
