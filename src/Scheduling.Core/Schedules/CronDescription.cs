using Scheduling.Cron;

namespace Scheduling.Schedules;

/// <summary>A cron expression in English: when in the day (<see cref="CronTimeDescription"/>), then on which days (<see cref="CronDayDescription"/>).</summary>
/// <remarks>It is made from the meaning, not the spelling, so that expressions that mean the same read the same. Fields with an unresolved <c>H</c> are named as the job's own.</remarks>
internal static class CronDescription
{
    internal static string Of(CronExpression expression)
    {
        var own = CronOwnFields.Of(expression);
        string time = own.AnyOf(CronField.Second, CronField.Minute, CronField.Hour)
            ? CronTimeDescription.FieldByField(expression.Fields, own)
            : CronTimeDescription.Of(expression.Fields);
        string days = CronDayDescription.Of(expression.Fields, own);

        // "Every 5 minutes every day" says nothing more than "Every 5 minutes".
        bool isFrequency = !time.StartsWith("At ", StringComparison.Ordinal) || time.Contains(" of every ", StringComparison.Ordinal);
        return days.Length == 0 && !isFrequency ? $"{time} every day" : time + days;
    }
}
