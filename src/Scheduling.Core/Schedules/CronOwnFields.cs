using Scheduling.Cron;

namespace Scheduling.Schedules;

/// <summary>Which fields of an expression have an <c>H</c> whose value is not known, and how they are written.</summary>
internal sealed class CronOwnFields
{
    private static readonly CronOwnFields None = new();

    private readonly string?[] _texts = new string?[(int)CronField.DayOfWeek + 1];

    private CronOwnFields()
    {
    }

    internal static CronOwnFields Of(CronExpression expression)
    {
        if (!expression.NeedsSpreadKey) return None;
        string[] written = expression.Text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var own = new CronOwnFields();
        CronField field = expression.Format == CronFormat.IncludeSeconds ? CronField.Second : CronField.Minute;
        foreach (string text in written)
        {
            // An item with H begins with it; THU does not.
            if (text.Split(',').Any(static item => item[0] is 'H' or 'h')) own._texts[(int)field] = text;
            field++;
        }

        return own;
    }

    internal bool AnyOf(params ReadOnlySpan<CronField> fields)
    {
        foreach (CronField field in fields)
        {
            if (Has(field)) return true;
        }

        return false;
    }

    internal bool Has(CronField field) => _texts[(int)field] is not null;

    /// <summary><c>each job's own minute</c>, with what is written when it is more than a plain H.</summary>
    internal string Describe(CronField field, string unit) =>
        _texts[(int)field] is "H" or "h" ? $"each job's own {unit}" : $"each job's own {unit}s ({_texts[(int)field]})";
}
