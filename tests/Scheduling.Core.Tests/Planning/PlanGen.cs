using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Scheduling.Cron;
using Scheduling.Policies;
using Scheduling.Schedules;

namespace Scheduling.Core.Tests.Planning;

/// <summary>Random jobs and random histories of looks at them.</summary>
internal static class PlanGen
{
    private static readonly string[] Zones = ["UTC", "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia"];
    private static readonly string[] Crons = ["*/5 * * * *", "0 * * * *", "30 2 * * *", "15,45 1-3 * * *", "0 0 * * 1-5", "0 12 1,15 * *", "H H * * *", "59 23 L * *"];

    // Around the clock changes of 2026, and anywhere else in it.
    private static Gen<Instant> Moment =>
        from day in Gen.OneOf(Gen.Elements(66, 67, 87, 88, 92, 93, 297, 298, 304, 305), Gen.Choose(0, 360))
        from second in Gen.Choose(0, 86_399)
        from fraction in Gen.Elements(0L, 1L, 500_000_000L, 999_999_999L)
        select Instant.FromUtc(2026, 1, 1, 0, 0) + Duration.FromDays(day) + Duration.FromSeconds(second) + Duration.FromNanoseconds(fraction);

    private static Gen<int?> Perhaps(int most) => Gen.OneOf(Gen.Constant<int?>(null), Gen.Choose(0, most).Select(value => (int?)value));

    private static Gen<Schedule> Schedules => Gen.OneOf(
        from seconds in Gen.OneOf(Gen.Choose(1, 120), Gen.Choose(1, 1_000_000)) select Schedule.Interval(Duration.FromSeconds(seconds)),
        from interval in Gen.Elements(Enum.GetValues<PollingInterval>()) from hour in Perhaps(23) from day in Perhaps(6) select Schedule.Polling(interval, hour, day),
        from text in Gen.Elements(Crons) from zone in Gen.Elements(Zones) select Schedule.Cron(text, zone),
        from seconds in Gen.Choose(1, 5) select Schedule.Cron($"*/{seconds * 10} * * * * *", "UTC", CronFormat.IncludeSeconds),
        from at in Moment select Schedule.Once(at));

    private static Gen<MisfirePolicy> Misfires =>
        from mode in Gen.OneOf(Gen.Constant(MisfirePolicy.RunOnce), Gen.Constant(MisfirePolicy.Skip), Gen.Choose(1, 100).Select(MisfirePolicy.RunAll))
        from age in Gen.OneOf(Gen.Constant(0), Gen.Constant(0), Gen.Choose(1, 400_000))
        select age == 0 ? mode : mode.WithMaximumAge(Duration.FromSeconds(age));

    // Some of them with a spread, which the schedule may refuse as too long.
    private static Gen<Schedule> Spread =>
        from schedule in Schedules
        from spread in Gen.OneOf(Gen.Constant(0), Gen.Choose(1, 86_400_000))
        select spread == 0 || Duration.FromMilliseconds(spread) > schedule.LongestSpread ? schedule : schedule.WithSpread(Duration.FromMilliseconds(spread));

    public static Gen<PlanCase> Case =>
        from schedule in Spread
        from misfire in Misfires
        from overlap in Gen.Elements(Enum.GetValues<OverlapPolicy>())
        from high in Gen.Choose(0, int.MaxValue)
        from low in Gen.Choose(0, int.MaxValue)
        from created in Moment
        select Made(new PlanCase
        {
            Schedule = schedule,
            Misfire = misfire,
            Overlap = overlap,
            Context = new ScheduleContext { Anchor = schedule.AnchorFor(created), SpreadHash = ((ulong)high << 33) ^ (ulong)low },
        }, created);

    /// <summary>How long after the last look this one is, in thousandths of what a job of this period calls long, and what it finds.</summary>
    public static Gen<Look> Look =>
        from wait in Gen.OneOf(Gen.Choose(0, 100), Gen.Choose(0, 3_000), Gen.Choose(0, 60_000))
        from nanoseconds in Gen.Elements(0L, 1L, -1L, 999_999_999L)
        from open in Gen.Elements(0, 0, 0, 1, 2)
        from queued in Gen.Elements(true, false)
        from held in Gen.OneOf(Gen.Constant<int?>(null), Gen.Constant<int?>(null), Gen.Choose(-4_000, 4_000).Select(seconds => (int?)seconds))
        select new Look(wait, nanoseconds, open, queued && open > 0, held);

    public static Gen<(PlanCase Work, Look[] Looks)> History =>
        from work in Case from looks in Look.ArrayOf().Resize(30) select (work, looks);

    private static PlanCase Made(PlanCase work, Instant created)
    {
        var last = work.Schedule.InitialLastSlot(created);
        return work with { LastSlot = last, NextSlot = work.Schedule.FirstDue(created, last, work.Context) };
    }
}
