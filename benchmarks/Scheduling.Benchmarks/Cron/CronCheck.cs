using NodaTime;

namespace Scheduling.Benchmarks.Cron;

/// <summary>Exact answers first: all three libraries answer every question, and any difference is printed. In New York Quartz may differ in the hours where the clock changes.</summary>
internal static class CronCheck
{
    public static int Run()
    {
        var wrong = 0;
        foreach (var expression in CronCases.Expressions)
        {
            wrong += CheckUtc(expression) + CheckNewYork(expression);
        }

        Console.WriteLine(wrong == 0 ? "All answers agree." : $"{wrong} answers differ.");
        return wrong == 0 ? 0 : 1;
    }

    private static int CheckUtc(string expression)
    {
        var (ours, quartz, ncrontab) = (CronCases.Ours(expression), CronCases.Quartz(expression, "UTC"), CronCases.NCrontab(expression));
        var wrong = 0;
        foreach (var at in CronCases.Instants())
        {
            var answer = ours.GetNextOccurrence(at, DateTimeZone.Utc);
            var theirs = Instant.FromDateTimeOffset(quartz.GetNextValidTimeAfter(at.ToDateTimeOffset())!.Value);
            var third = Instant.FromDateTimeUtc(DateTime.SpecifyKind(ncrontab.GetNextOccurrence(at.ToDateTimeUtc()), DateTimeKind.Utc));
            wrong += answer == theirs && answer == third ? 0 : Report(expression, "UTC", at, answer, $"Quartz {theirs}, NCrontab {third}");
        }

        return wrong;
    }

    private static int CheckNewYork(string expression)
    {
        var (ours, quartz) = (CronCases.Ours(expression), CronCases.Quartz(expression, "America/New_York"));
        var wrong = 0;
        foreach (var at in CronCases.Instants())
        {
            var answer = ours.GetNextOccurrence(at, CronCases.NewYork)!.Value;
            var theirs = Instant.FromDateTimeOffset(quartz.GetNextValidTimeAfter(at.ToDateTimeOffset())!.Value);
            wrong += answer == theirs || NearChange(answer) ? 0 : Report(expression, "America/New_York", at, answer, $"Quartz {theirs}");
        }

        return wrong;
    }

    private static bool NearChange(Instant answer)
    {
        var interval = CronCases.NewYork.GetZoneInterval(answer);
        return answer - interval.Start < Duration.FromHours(2) || interval.End - answer < Duration.FromHours(2);
    }

    private static int Report(string expression, string zone, Instant at, Instant? ours, string theirs)
    {
        Console.WriteLine($"'{expression}' in {zone} after {at}: ours {ours}, {theirs}");
        return 1;
    }
}
