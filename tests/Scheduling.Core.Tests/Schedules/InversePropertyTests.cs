using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Scheduling.Core.Tests.Cron;
using Scheduling.Schedules;

namespace Scheduling.Tests.Schedules;

/// <summary>What holds for every schedule, job and instant: 3,000 cases, more with <c>SCHEDULING_LONG_CASES</c>. FsCheck prints the seed of a failure.</summary>
public class InversePropertyTests
{
    private static readonly Config Cases = CronTestSettings.Properties(25 * CronTestSettings.Cases);

    private static readonly string[] CronTexts =
    [
        "* * * * *", "*/7 * * * *", "0 2 * * *", "30 1 * * *", "0 0 29 2 *", "H H * * *", "H/15 9-17 * * 1-5", "0 0 L * *", "15 10 ? * 6L", "0 22-2 13 * 5", "@weekly",
    ];

    private static readonly string[] Zones = ["UTC", "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu"];

    private static Gen<Instant> Instants => Gen.OneOf(
        Gen.Choose(0, int.MaxValue).Select(seconds => Instant.FromUnixTimeSeconds(seconds)),
        Gen.Choose(0, int.MaxValue).SelectMany(seconds => Gen.Choose(0, 999_999_999), (seconds, nanos) => Instant.FromUnixTimeSeconds(seconds).PlusNanoseconds(nanos)),
        Gen.Choose(-2_000_000, 2_000_000).Select(hours => NodaConstants.UnixEpoch + Duration.FromHours(hours)));

    private static Gen<Schedule> Schedules => Gen.OneOf(
        Gen.Choose(1, 8).SelectMany(interval => Gen.Choose(-1, 23), (interval, hour) => (interval, hour))
            .SelectMany(
                _ => Gen.Choose(-1, 6),
                (pins, day) => Schedule.Polling((PollingInterval)pins.interval, pins.hour < 0 ? null : pins.hour, day < 0 ? null : day)),
        Gen.Choose(1, 100_000).Select(seconds => Schedule.Interval(Duration.FromSeconds(seconds))),
        Gen.Choose(1, int.MaxValue).Select(minutes => Schedule.Interval(Duration.FromMinutes((long)minutes))),
        Instants.Select(Schedule.Once),
        Gen.Elements(CronTexts).SelectMany(_ => Gen.Elements(Zones), (text, zone) => Schedule.Cron(text, zone)));

    private static Gen<ScheduleContext> Contexts => Instants.SelectMany(
        _ => Gen.Choose(int.MinValue, int.MaxValue), (anchor, hash) => new ScheduleContext { Anchor = anchor, SpreadHash = unchecked((ulong)hash * 0x9E3779B97F4A7C15) });

    private static Arbitrary<(Schedule Schedule, ScheduleContext Context, Instant Instant)> Questions =>
        Schedules.SelectMany(_ => Contexts, (schedule, context) => (schedule, context))
            .SelectMany(_ => Instants, (job, instant) => (job.schedule, job.context, instant))
            .ToArbitrary();

    [Fact]
    public void NextAfter_Always_IsLaterAndItsOwnLatest() => Prop.ForAll(Questions, static question =>
    {
        (Schedule schedule, ScheduleContext context, Instant instant) = question;
        return schedule.NextAfter(instant, context) is not { } next
            || (next > instant
                && next.ToUnixTimeTicks() % NodaConstants.TicksPerSecond == 0
                && schedule.LatestAtOrBefore(next, context) == next
                && schedule.CountSlots(instant + Duration.Epsilon, next, context) == 1);
    }).Check(Cases);

    [Fact]
    public void LatestAtOrBefore_Always_IsTheInverseOfNextAfter() => Prop.ForAll(Questions, static question =>
    {
        (Schedule schedule, ScheduleContext context, Instant instant) = question;
        return schedule.LatestAtOrBefore(instant, context) is not { } latest
            || (latest <= instant
                && schedule.NextAfter(latest - Duration.Epsilon, context) == latest
                && schedule.NextAfter(latest, context) == schedule.NextAfter(instant, context)
                && schedule.CountSlots(latest, instant, context) == 1);
    }).Check(Cases);

    [Fact]
    public void StartOf_Always_LiesInTheWindowAndFirstDueFindsIt() => Prop.ForAll(Questions, static question =>
    {
        (Schedule schedule, ScheduleContext context, Instant instant) = question;
        if (schedule.FirstDue(instant, null, context) is not { } slot) return true;
        Instant start = schedule.StartOf(slot, context);
        return (start >= instant || schedule.Kind == ScheduleKind.Once)
            && start >= slot
            && (schedule.WindowEnd(slot) is not { } end || start < end)
            && schedule.FirstDue(start, null, context) == slot
            && (schedule.FirstDue(instant, slot, context) is not { } later || later > slot);
    }).Check(Cases);

    [Fact]
    public void StoredFormAndDocument_Always_ComeBackUnchanged() => Prop.ForAll(Schedules.ToArbitrary(), static schedule =>
    {
        bool read = ScheduleJson.TryRead(ScheduleJson.Write(schedule), out Schedule? stored, out _);
        return read && schedule.IsWrittenLike(stored)
            && (!ScheduleDocument.TryFrom(schedule, out ScheduleDocument? document) || schedule.IsWrittenLike(ScheduleDocument.Parse(document.ToJson()).ToSchedule()));
    }).Check(Cases);
}
