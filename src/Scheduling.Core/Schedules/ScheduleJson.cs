using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using NodaTime.Text;

namespace Scheduling.Schedules;

/// <summary>
/// The form in which database stores keep a schedule: one JSON object with <c>kind</c> and <c>v</c>, the version of that kind's form. Unlike <see cref="ScheduleDocument"/> it holds
/// every schedule with its spread, and is not meant for people.
/// </summary>
/// <remarks>
/// What is written comes back equal and written alike. A later version reads everything an earlier one wrote; what a later one wrote and this one cannot read is told apart from damage,
/// so that a store leaves it to newer nodes. Members: polling <c>interval</c>, <c>override</c>; cron <c>text</c>, <c>zone</c>, <c>format</c>, <c>dayRule</c>; interval <c>seconds</c>;
/// once <c>at</c>; all <c>spread</c> in milliseconds. Thread-safe.
/// </remarks>
[Experimental("SCHED0001")]
public static class ScheduleJson
{
    internal const int Version = 1;

    /// <summary>The stored form: compact, with its members in a fixed order, so that equal schedules written alike give the same text.</summary>
    /// <param name="schedule">Any schedule.</param>
    /// <returns>The JSON that is stored.</returns>
    public static string Write(Schedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var writer = new Utf8JsonWriter(buffer, DocumentWriter.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", KindName(schedule.Kind));
            writer.WriteNumber("v", Version);
            WriteMembers(schedule, writer);
            if (schedule.Spread is { } spread) writer.WriteNumber("spread", spread.WholeMilliseconds());
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads the stored form. Never throws for what it finds.</summary>
    /// <param name="json">What <see cref="Write"/> gave.</param>
    /// <param name="schedule">The schedule, or null.</param>
    /// <param name="error">Why there is none, or null.</param>
    /// <returns>Whether the JSON is a schedule that this version knows.</returns>
    public static bool TryRead(string json, [NotNullWhen(true)] out Schedule? schedule, [NotNullWhen(false)] out ScheduleJsonError? error)
    {
        ArgumentNullException.ThrowIfNull(json);
        schedule = ScheduleJsonReader.Read(json, out error);
        return schedule is not null;
    }

    internal static string KindName(ScheduleKind kind) => kind switch
    {
        ScheduleKind.Polling => "polling",
        ScheduleKind.Cron => "cron",
        ScheduleKind.Interval => "interval",
        ScheduleKind.Once => "once",
        _ => "manual",
    };

    private static void WriteMembers(Schedule schedule, Utf8JsonWriter writer)
    {
        switch (schedule)
        {
            case PollingSchedule polling:
                writer.WriteString("interval", polling.Interval.WireName());
                if (polling.Override is { } pins) DocumentWriter.WriteOverride(writer, "override", pins);
                break;
            case CronSchedule cron:
                writer.WriteString("text", cron.Text);
                writer.WriteString("zone", cron.TimeZone);
                writer.WriteString("format", cron.Format.WireName());
                writer.WriteString("dayRule", cron.DayRule.WireName());
                break;
            case IntervalSchedule interval:
                writer.WriteNumber("seconds", interval.Every.WholeSeconds());
                break;
            case OnceSchedule once:
                writer.WriteString("at", InstantPattern.General.Format(once.At));
                break;
        }
    }
}
