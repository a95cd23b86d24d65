using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Scheduling.Cron;

namespace Scheduling.Core.Tests.Cron;

/// <summary>
/// Random expressions, zones and instants against the brute-force oracle. A failure prints the case, its shrunk form and the seed (FsCheck's replay).
/// <c>SCHEDULING_LONG_CASES=100000</c> in the environment makes a long run of it, <c>SCHEDULING_SEED=n</c> the same one again.
/// </summary>
public class CronPropertyTests
{
    private static readonly int Cases = CronTestSettings.Cases;

    private static Arbitrary<(OracleExpression Expression, OracleMoment Moment)> Any => Arb.From(
        from expression in OracleGen.Expression from moment in OracleGen.Moment select (expression, moment),
        pair => OracleGen.Shrink(pair.Item1).Select(simpler => (simpler, pair.Item2)));

    [Fact]
    public void Window_AnyExpressionZoneAndInstant_EqualsOracle() => Holds(Cases, (oracle, moment) =>
    {
        var cron = Parse(oracle);
        var (from, to) = Window(oracle, moment);
        var expected = oracle.Occurrences(from, to, moment.Zone);
        var zone = moment.Zone;

        Assert.Equal(expected, cron.GetOccurrences(from, to, zone, toInclusive: true));
        Assert.Equal(expected.Reverse(), cron.GetOccurrencesDescending(from, to, zone, toInclusive: true));
        Assert.Equal(expected.Count, cron.CountOccurrences(from, to, zone, long.MaxValue));
        Assert.Equal(Math.Min(3, expected.Count), cron.CountOccurrences(from, to, zone, 3));
    });

    [Fact]
    public void NextAndPrevious_FromAnyInstantOfTheWindow_EqualOracle() => Holds(Cases, (oracle, moment) =>
    {
        var cron = Parse(oracle);
        var (from, to) = Window(oracle, moment);
        var occurrences = oracle.Occurrences(from, to, moment.Zone);
        var step = Duration.FromNanoseconds((to - from).TotalNanoseconds / 41) + Duration.FromNanoseconds(1);
        foreach (var at in Enumerable.Range(0, 41).Select(n => from + (step * n)).Where(at => at <= to).Concat(occurrences.Take(20)).Append(moment.At))
        {
            CheckAt(cron, at, occurrences, moment.Zone, from, to);
        }
    });

    [Fact]
    public void Next_AnyExpressionZoneAndInstant_RisesAndIsInvertedByPrevious() => Holds(Cases, (oracle, moment) =>
    {
        var cron = Parse(oracle);
        var at = moment.At;
        for (var n = 0; n < 30 && cron.GetNextOccurrence(at, moment.Zone) is { } next; n++)
        {
            Assert.True(next > at);
            Assert.Equal(next, cron.GetNextOccurrence(next, moment.Zone, inclusive: true));
            Assert.Equal(next, cron.GetPreviousOccurrence(next, moment.Zone, inclusive: true));
            Assert.Equal(next, cron.GetPreviousOccurrence(next.PlusNanoseconds(1), moment.Zone));
            var previous = cron.GetPreviousOccurrence(next, moment.Zone);
            Assert.True(previous is null || previous < next);
            Assert.True(n == 0 || previous == at);
            Assert.True(previous is null || cron.GetNextOccurrence(previous.Value, moment.Zone) == next);
            at = next;
        }
    });

    [Fact]
    public void CanonicalForm_AnyExpression_ParsesToAnEqualOne() => Holds(Cases * 10, (oracle, _) =>
    {
        var cron = Parse(oracle);
        var again = CronExpression.Parse(cron.ToCanonicalString(), oracle.Format, oracle.DayRule);
        Assert.Equal(cron, again);
        Assert.Equal(cron.GetHashCode(), again.GetHashCode());
        Assert.Equal(cron.ToCanonicalString(), again.ToCanonicalString());
        Assert.Equal(oracle.Text, cron.Text);
    });

    [Fact]
    public void Next_InAnyCulture_IsTheSame() => Holds(Cases, (oracle, moment) =>
    {
        var expected = Parse(oracle).GetNextOccurrence(moment.At, moment.Zone);
        foreach (var name in new[] { "tr-TR", "ar-SA", "th-TH", "fa-IR" })
        {
            var before = CultureInfo.CurrentCulture;
            try
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);
                var cron = CronExpression.Parse(Mixed(oracle.Text), oracle.Format, oracle.DayRule);
                Assert.Equal(expected, cron.GetNextOccurrence(moment.At, moment.Zone));
                Assert.Equal(cron, CronExpression.Parse(cron.ToCanonicalString(), oracle.Format, oracle.DayRule));
            }
            finally
            {
                CultureInfo.CurrentCulture = before;
            }
        }
    });

    [Fact]
    public void Never_WarnedAbout_ExactlyWhenThereIsNoOccurrence() => Holds(Cases, (oracle, moment) =>
    {
        var cron = Parse(oracle);
        var fires = cron.GetNextOccurrence(Instant.FromUtc(2000, 1, 1, 0, 0), DateTimeZone.Utc) is not null;
        Assert.Equal(!fires, cron.Warnings.Any(w => w.Kind == CronWarningKind.NeverFires));
    });

    private static void Holds(int cases, Action<OracleExpression, OracleMoment> check) =>
        Check.One(CronTestSettings.Properties(cases), Prop.ForAll(Any, pair => check(pair.Expression, pair.Moment)));

    private static CronExpression Parse(OracleExpression oracle) => CronExpression.Parse(oracle.Text, oracle.Format, oracle.DayRule);

    // Days when the expression is dense, months when it is sparse: the oracle is slow.
    private static (Instant From, Instant To) Window(OracleExpression oracle, OracleMoment moment)
    {
        var dense = oracle.Format == CronFormat.IncludeSeconds || oracle.Hour.IntervalLike;
        return (moment.At - Duration.FromDays(dense ? 2 : 40), moment.At + Duration.FromDays(dense ? 2 : 40));
    }

    // Where the oracle's window ends its knowledge ends: there the engine's answer must lie outside of it.
    private static void CheckAt(CronExpression cron, Instant at, IReadOnlyList<Instant> occurrences, DateTimeZone zone, Instant from, Instant to)
    {
        foreach (var inclusive in new[] { false, true })
        {
            var next = cron.GetNextOccurrence(at, zone, inclusive);
            var previous = cron.GetPreviousOccurrence(at, zone, inclusive);
            Assert.Equal(occurrences.Cast<Instant?>().FirstOrDefault(o => inclusive ? o >= at : o > at), next > to ? null : next);
            Assert.Equal(occurrences.Cast<Instant?>().LastOrDefault(o => inclusive ? o <= at : o < at), previous < from ? null : previous);
        }
    }

    private static string Mixed(string text) =>
        string.Concat(text.Select((c, i) => i % 2 == 0 ? char.ToLowerInvariant(c) : c));
}
