namespace Scheduling.Cron;

/// <summary>Finds what is doubtful about an expression. Asked for rarely, so nothing of it is done while parsing.</summary>
internal static class CronWarnings
{
    private const long Start = 946684800; // 2000-01-01T00:00:00, the first day of a 400-year cycle
    private const int FirstYear = 2000;

    public static IReadOnlyList<CronWarning> Of(in CronFields fields)
    {
        var warnings = new List<CronWarning>();
        if (!fields.AnyDay && !fields.AnyWeekday)
        {
            warnings.Add(new CronWarning(CronWarningKind.BothDayFieldsRestricted, null));
        }

        if (CronSearch.Next(fields, Start) == CronSearch.Never)
        {
            warnings.Add(new CronWarning(CronWarningKind.NeverFires, null));
        }
        else if (HasYearWithout(fields))
        {
            warnings.Add(new CronWarning(CronWarningKind.LessThanOnceAYear, null));
        }

        for (var field = CronField.Second; field <= CronField.DayOfWeek; field++)
        {
            if ((fields.UnevenSteps >> (int)field & 1) != 0)
            {
                warnings.Add(new CronWarning(CronWarningKind.UnevenStep, field));
            }
        }

        return warnings;
    }

    private static bool HasYearWithout(in CronFields fields)
    {
        for (var year = FirstYear; year < FirstYear + CivilDate.CycleYears; year++)
        {
            if (CronSearch.Next(fields, StartOf(year)) >= StartOf(year + 1))
            {
                return true;
            }
        }

        return false;
    }

    private static long StartOf(int year) => (CivilDate.FirstOfMonth(year, 1) - CivilDate.UnixEpoch) * 86400;
}
