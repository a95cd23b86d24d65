using System.Globalization;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Scheduling.Cron;

namespace Scheduling.Schedules;

/// <summary>Reads what <see cref="ScheduleJson.Write"/> wrote, and says what is wrong when it cannot.</summary>
internal static class ScheduleJsonReader
{
    internal static Schedule? Read(string json, out ScheduleJsonError? error)
    {
        try
        {
            error = null;
            using JsonDocument? document = JsonInput.TryParse(json, out string? problem);
            if (document is null) throw new FormatException($"It {problem}.");
            return ReadRoot(document.RootElement, out error);
        }
        catch (Exception damage) when (damage is FormatException or ArgumentException or InvalidOperationException or OverflowException)
        {
            // Everything below checks by throwing one of these: the reader of a damaged row wants one sentence, not a list.
            error = new ScheduleJsonError(ScheduleJsonProblem.Malformed, $"The stored schedule is not readable. {damage.Message}");
            return null;
        }
    }

    private static Schedule? ReadRoot(JsonElement root, out ScheduleJsonError? error)
    {
        string kind = Text(root, "kind");
        Func<JsonElement, Schedule>? read = ReaderOf(kind);
        long version = Number(root, "v", 1, int.MaxValue);
        error = read is null
            ? new ScheduleJsonError(ScheduleJsonProblem.UnknownKind, $"This version knows no schedules of the kind '{JsonInput.Shorten(kind)}'.")
            : version > ScheduleJson.Version
                ? new ScheduleJsonError(ScheduleJsonProblem.NewerVersion, string.Create(CultureInfo.InvariantCulture, $"The schedule of kind '{kind}' has form {version}; this version reads forms up to {ScheduleJson.Version}."))
                : null;
        return error is null ? WithSpread(read!(root), root) : null;
    }

    private static Func<JsonElement, Schedule>? ReaderOf(string kind) => kind switch
    {
        "polling" => ReadPolling,
        "cron" => ReadCron,
        "interval" => static root => Schedule.Interval(Duration.FromSeconds(Number(root, "seconds", 1, Duration.MaxValue.WholeSeconds()))),
        "once" => static root => Schedule.Once(InstantPattern.General.Parse(Text(root, "at")).GetValueOrThrow()),
        "manual" => static _ => Schedule.Manual,
        _ => null,
    };

    private static Schedule ReadPolling(JsonElement root)
    {
        if (!PollingIntervalNames.TryParse(Text(root, "interval"), out PollingInterval interval)) throw Unexpected("interval");
        PollingOverride? pins = root.TryGetProperty("override", out JsonElement given)
            ? new PollingOverride(OptionalNumber(given, "hour"), OptionalNumber(given, "dayOfWeek"))
            : null;
        return Schedule.Polling(interval, pins);
    }

    private static Schedule ReadCron(JsonElement root)
    {
        if (!WireNames.TryParse(Text(root, "format"), out CronFormat format)) throw Unexpected("format");
        if (!WireNames.TryParse(Text(root, "dayRule"), out CronDayRule dayRule)) throw Unexpected("dayRule");
        return Schedule.Cron(Text(root, "text"), Text(root, "zone"), format, dayRule);
    }

    private static Schedule WithSpread(Schedule schedule, JsonElement root) => root.TryGetProperty("spread", out _)
        ? schedule.WithSpread(Duration.FromMilliseconds(Number(root, "spread", 1, schedule.LongestSpread.WholeMilliseconds())))
        : schedule;

    private static string Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement value) && JsonInput.TryGetText(value, out string? text)
            ? text
            : throw Unexpected(name);

    private static long Number(JsonElement parent, string name, long min, long max) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt64(out long number) && number >= min && number <= max
            ? number
            : throw Unexpected(name);

    private static int? OptionalNumber(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out _) ? (int)Number(parent, name, 0, int.MaxValue) : null;

    private static FormatException Unexpected(string member) => new($"The member '{member}' is missing or not what it should be.");
}
