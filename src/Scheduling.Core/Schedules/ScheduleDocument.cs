using System.Text.Json;
using System.Text.Json.Serialization;
using Scheduling.Cron;

namespace Scheduling.Schedules;

/// <summary>
/// A schedule as it stands in JSON: either <c>frequencyType</c> with its parameter, or <c>pollingInterval</c> with an optional override.
/// </summary>
/// <remarks>
/// <para>
/// Immutable. Reading is strict: unknown members (but <c>__typename</c>), members given twice, wrong types, values out of range, missing and extra parameters are refused, all of
/// them at once in a <see cref="SchedulingValidationException"/> whose errors name the path of the member. A member that is null counts as absent; in a
/// <see cref="ScheduleDocumentPatch"/> it clears. Enum names are upper case.
/// </para>
/// <para>
/// A document is a view: <see cref="Schedule.Spread"/> is not in it, and once, manual and intervals that are not whole minutes have none (<see cref="TryFrom"/>).
/// It serializes with System.Text.Json, by itself or inside another type, also with source generation; there what is refused is a <see cref="JsonException"/>
/// whose inner exception is the <see cref="SchedulingValidationException"/>.
/// </para>
/// </remarks>
[JsonConverter(typeof(ScheduleDocumentJsonConverter))]
public sealed record ScheduleDocument
{
    /// <summary>How the document says when to run; null when it polls. Exactly one of this and <see cref="PollingInterval"/> is given.</summary>
    public FrequencyType? FrequencyType { get; init; }

    /// <summary>The cron expression, as written. Required with <see cref="FrequencyType.CronBased"/>, else refused.</summary>
    public string? CronExpression { get; init; }

    /// <summary>The period in minutes, 1 to 2,147,483,647. Required with <see cref="FrequencyType.IntervalBased"/>, else refused.</summary>
    public int? IntervalMinutes { get; init; }

    /// <summary>How often to poll; null when <see cref="FrequencyType"/> is given.</summary>
    public PollingInterval? PollingInterval { get; init; }

    /// <summary>Hour and weekday (UTC) of polling; null for none. Kept with every interval. Only with <see cref="PollingInterval"/>.</summary>
    public PollingOverride? PollingIntervalCronExpression { get; init; }

    /// <summary>The IANA id of the zone of <see cref="CronExpression"/>; null for UTC. With polling and minutes only UTC is allowed.</summary>
    public string? TimeZone { get; init; }

    /// <summary>What two restricted day fields mean; null for <see cref="CronDayRule.Both"/>. Only with <see cref="FrequencyType.CronBased"/>.</summary>
    public CronDayRule? CronDayRule { get; init; }

    /// <summary>Five fields or six; null for <see cref="CronFormat.Standard"/>. Only with <see cref="FrequencyType.CronBased"/>.</summary>
    public CronFormat? CronFormat { get; init; }

    /// <summary>Reads and checks a whole document.</summary>
    /// <param name="json">A JSON object of at most 16,384 bytes.</param>
    /// <returns>The document.</returns>
    /// <exception cref="SchedulingValidationException">It is refused; all problems are listed.</exception>
    public static ScheduleDocument Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var errors = new DocumentErrors();
        return From(DocumentReader.Read(json, errors), errors);
    }

    /// <summary>Reads and checks a whole document in UTF-8, without a byte order mark.</summary>
    /// <param name="utf8Json">A JSON object of at most 16,384 bytes.</param>
    /// <returns>The document.</returns>
    /// <exception cref="SchedulingValidationException">It is refused; all problems are listed.</exception>
    public static ScheduleDocument Parse(ReadOnlyMemory<byte> utf8Json)
    {
        var errors = new DocumentErrors();
        return From(DocumentReader.Read(utf8Json, errors), errors);
    }

    /// <summary>Reads and checks a document that is part of a larger one.</summary>
    /// <param name="json">A JSON object.</param>
    /// <returns>The document.</returns>
    /// <exception cref="SchedulingValidationException">It is refused; all problems are listed, with paths inside this object.</exception>
    public static ScheduleDocument Parse(JsonElement json)
    {
        var errors = new DocumentErrors();
        return From(DocumentReader.Read(json, errors), errors);
    }

    /// <summary>The document of a schedule; its defaults are left out. The spread of the schedule is not part of it.</summary>
    /// <param name="schedule">A polling or cron schedule, or an interval of whole minutes.</param>
    /// <returns>The document.</returns>
    /// <exception cref="ArgumentException">The schedule has no document: once, manual, or an interval that is not whole minutes up to 2,147,483,647.</exception>
    public static ScheduleDocument From(Schedule schedule) =>
        TryFrom(schedule, out ScheduleDocument? document)
            ? document
            : throw new ArgumentException(
                $"A schedule document holds polling, cron, and intervals of whole minutes. This schedule is: {schedule}.", nameof(schedule));

    /// <summary>The document of a schedule, if it can be written as one.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="document">Its document, or null.</param>
    /// <returns>Whether the schedule has a document.</returns>
    public static bool TryFrom(Schedule schedule, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ScheduleDocument? document)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        document = schedule switch
        {
            PollingSchedule polling => new() { PollingInterval = polling.Interval, PollingIntervalCronExpression = polling.Override },
            CronSchedule cron => FromCron(cron),
            IntervalSchedule interval => FromInterval(interval.Every.WholeSeconds()),
            _ => null,
        };
        return document is not null;
    }

    /// <summary>The schedule the document stands for. Its time zone is checked for its form only; see <see cref="ScheduleValidation"/>.</summary>
    /// <returns>The schedule.</returns>
    /// <exception cref="SchedulingValidationException">The document, built in code, does not hold together; all problems are listed.</exception>
    public Schedule ToSchedule()
    {
        var errors = new DocumentErrors();
        Schedule? schedule = DocumentRules.Build(this, errors);
        errors.ThrowIfAny();
        return schedule!;
    }

    /// <summary>The JSON text: members that are null are left out. Reading it gives an equal document.</summary>
    /// <returns>The JSON, without white space.</returns>
    public string ToJson() => DocumentWriter.Write(this);

    /// <summary>The JSON text.</summary>
    /// <returns>The same as <see cref="ToJson"/>.</returns>
    public override string ToString() => ToJson();

    internal static ScheduleDocument From(DocumentMembers members, DocumentErrors errors)
    {
        ScheduleDocument document = members.Over(new ScheduleDocument());
        DocumentRules.Build(document, errors);
        errors.ThrowIfAny();
        return document;
    }

    private static ScheduleDocument FromCron(CronSchedule cron) => new()
    {
        FrequencyType = Schedules.FrequencyType.CronBased,
        CronExpression = cron.Text,
        TimeZone = cron.TimeZone is "UTC" ? null : cron.TimeZone,
        CronDayRule = cron.DayRule == Scheduling.Cron.CronDayRule.Both ? null : cron.DayRule,
        CronFormat = cron.Format == Scheduling.Cron.CronFormat.Standard ? null : cron.Format,
    };

    private static ScheduleDocument? FromInterval(long seconds) => seconds % 60 == 0 && seconds / 60 <= int.MaxValue
        ? new() { FrequencyType = Schedules.FrequencyType.IntervalBased, IntervalMinutes = (int)(seconds / 60) }
        : null;
}
