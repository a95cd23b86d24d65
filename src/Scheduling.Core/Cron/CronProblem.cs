namespace Scheduling.Cron;

/// <summary>What is wrong with a text, as the parser found it. Turned into words only when an exception is made.</summary>
internal enum CronProblem : byte
{
    None = 0,
    TooLong,
    Empty,
    WrongFieldCount,
    TimeZonePrefix,
    UnknownMacro,
    UnexpectedCharacter,
    OutOfRange,
    UnknownName,
    StepOutOfRange,
    MustStandAlone,
    LoneW,
    LoneLastWeekday,
    NthOutOfRange,
    LastDayOffsetOutOfRange,
    SpreadRange,
    SpreadKeyMissing,
}
