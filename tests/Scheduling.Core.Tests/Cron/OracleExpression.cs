using NodaTime;
using Scheduling.Cron;

namespace Scheduling.Core.Tests.Cron;

/// <summary>
/// A brute-force reading of a cron expression that shares nothing with the engine: it walks every local second (minute, when there is no second field) of every matching date,
/// asks each field whether it matches, and asks NodaTime where the local time is.
/// </summary>
internal sealed record OracleExpression(OracleField Second, OracleField Minute, OracleField Hour, OracleField Day, OracleField Month, OracleField Weekday, CronFormat Format, CronDayRule DayRule)
{
    private bool IntervalLike => (Format == CronFormat.IncludeSeconds && Second.IntervalLike) || Minute.IntervalLike || Hour.IntervalLike;

    public string Text => (Format == CronFormat.IncludeSeconds ? Second.Text + " " : "") + $"{Minute} {Hour} {Day} {Month} {Weekday}";

    public override string ToString() => $"'{Text}' ({Format}, {DayRule})";

    /// <summary>Every occurrence from one instant to another, both included, in order.</summary>
    public IReadOnlyList<Instant> Occurrences(Instant from, Instant to, DateTimeZone zone)
    {
        var found = new SortedSet<Instant>();
        var lastDate = to.InUtc().Date.PlusDays(2);
        for (var date = from.InUtc().Date.PlusDays(-2); date <= lastDate; date = date.PlusDays(1))
        {
            if (MatchesDate(date.AtMidnight()))
            {
                AddDay(date, zone, found);
            }
        }

        return found.Where(instant => instant >= from && instant <= to).ToList();
    }

    private bool MatchesDate(LocalDateTime date)
    {
        var either = DayRule == CronDayRule.Either && !Day.Star && !Weekday.Star;
        return Month.Matches(date)
            && (either ? Day.Matches(date) || Weekday.Matches(date) : Day.Matches(date) && Weekday.Matches(date));
    }

    private void AddDay(LocalDate date, DateTimeZone zone, SortedSet<Instant> found)
    {
        var step = Format == CronFormat.IncludeSeconds ? 1 : 60;
        for (var second = 0; second < 86400; second += step)
        {
            var local = date.AtMidnight().PlusSeconds(second);
            if (!Hour.Matches(local))
            {
                second += 3600 - step;
            }
            else if (!Minute.Matches(local))
            {
                second += 60 - step;
            }
            else if (Format == CronFormat.Standard || Second.Matches(local))
            {
                Add(local, zone, found);
            }
        }
    }

    private void Add(LocalDateTime local, DateTimeZone zone, SortedSet<Instant> found)
    {
        var mapping = zone.MapLocal(local);
        if (mapping.Count == 0)
        {
            found.Add(mapping.LateInterval.Start);
            return;
        }

        found.Add(mapping.First().ToInstant());
        if (mapping.Count > 1 && IntervalLike)
        {
            found.Add(mapping.Last().ToInstant());
        }
    }
}
