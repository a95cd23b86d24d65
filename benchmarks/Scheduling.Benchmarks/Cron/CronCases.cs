using NodaTime;
using Scheduling.Cron;

namespace Scheduling.Benchmarks.Cron;

/// <summary>The ten expressions and the questions about them, the same for every library.</summary>
public static class CronCases
{
    /// <summary>Questions per measured call, at random seconds of 2026: nobody's branch predictor learns them by heart.</summary>
    public const int Count = 4096;

    public static readonly string[] Expressions =
    [
        "* * * * *", "*/5 * * * *", "0 2 * * *", "0 3 * * 0", "30 4 1 * *", "*/10 12-20 * 12 3", "0 0 * * *", "15,45 8-18 * * 1-5", "0 */6 * * *", "0 12 15 * *",
    ];

    public static readonly DateTimeZone NewYork = DateTimeZoneProviders.Tzdb["America/New_York"];

    public static CronExpression Ours(string expression) => CronExpression.Parse(expression);

    public static NCrontab.CrontabSchedule NCrontab(string expression) => global::NCrontab.CrontabSchedule.Parse(expression);

    public static Quartz.CronExpression Quartz(string expression, string zone) => new(QuartzText(expression), TimeZones.Find(zone));

    /// <summary>Quartz wants seconds, a question mark in one day field, and counts Sunday as 1.</summary>
    public static string QuartzText(string expression)
    {
        var fields = expression.Split(' ');
        var weekday = fields[4] switch
        {
            "*" => "?",
            "0" => "SUN",
            "3" => "WED",
            "1-5" => "MON-FRI",
            var other => throw new ArgumentException($"No Quartz form is known for weekday '{other}'.", nameof(expression)),
        };
        return $"0 {fields[0]} {fields[1]} {(fields[4] is "*" ? fields[2] : "?")} {fields[3]} {weekday}";
    }

    public static Instant[] Instants()
    {
        var random = new Random(20260101);
        return Enumerable.Range(0, Count).Select(_ => Instant.FromUtc(2026, 1, 1, 0, 0) + Duration.FromSeconds(random.Next(365 * 86400))).ToArray();
    }
}
