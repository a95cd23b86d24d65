namespace Scheduling.Cron;

/// <summary>Something doubtful in a valid expression; never an error. Immutable, thread-safe, equal by kind and field.</summary>
public readonly record struct CronWarning
{
    internal CronWarning(CronWarningKind kind, CronField? field)
    {
        Kind = kind;
        Field = field;
    }

    /// <summary>What is doubtful. Zero, which is no kind, in a default value.</summary>
    public CronWarningKind Kind { get; }

    /// <summary>The field concerned, or null when it is not one field.</summary>
    public CronField? Field { get; }

    /// <summary>An English sentence about it; empty for a default value.</summary>
    public string Message => Kind switch
    {
        CronWarningKind.BothDayFieldsRestricted => "Day of month and day of week are both restricted; the day rule decides whether both or either must match.",
        CronWarningKind.NeverFires => "No date matches: the expression never fires.",
        CronWarningKind.LessThanOnceAYear => "There are calendar years without an occurrence.",
        CronWarningKind.UnevenStep => $"The step in the {CronFaultText.NameOf(Field ?? CronField.Minute)} field does not divide its range: the last gap is shorter than the others.",
        _ => "",
    };

    /// <summary>The message.</summary>
    /// <returns><see cref="Message"/>.</returns>
    public override string ToString() => Message;
}
