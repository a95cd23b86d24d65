using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Scheduling.Planning;
using Scheduling.Schedules;

namespace Scheduling.Core.Tests.Planning;

/// <summary>
/// Random schedules, policies and histories. A failure prints the case, its shrunk form and the seed (FsCheck's replay).
/// <c>SCHEDULING_LONG_CASES=100000</c> in the environment makes a long run of it.
/// </summary>
public class DuePlannerPropertyTests
{
    private static readonly int Cases =
        int.TryParse(Environment.GetEnvironmentVariable("SCHEDULING_LONG_CASES"), NumberStyles.None, CultureInfo.InvariantCulture, out var cases) ? cases : 500;

    [Fact]
    public void Plan_AnyWork_EqualsTheReference() => Holds((work, now) =>
        Assert.Equal(ReferencePlanner.Plan(work, now, DuePlanner.DefaultMisfireThreshold), PlanText.Of(work.Plan(now))));

    [Fact]
    public void Plan_AnyHistory_EveryDueSlotIsInExactlyOneRow()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Cases), Prop.ForAll(Arb.From(PlanGen.History), history =>
        {
            var expected = new List<Instant>();
            var covered = new List<Instant>();
            Play(history.Work, history.Looks, (before, now, plan) =>
            {
                var due = ReferencePlanner.DueSlots(before, now);
                expected.AddRange(plan.NextSlot is { } next ? due.Where(slot => slot < next) : due);
                foreach (var row in RowsOf(plan))
                    covered.AddRange(SlotsOf(row, before.Schedule, before.Context));
            });

            Assert.Equal(expected, covered);
            Assert.Equal(covered.Count, covered.Distinct().Count());
        }));
    }

    [Fact]
    public void Plan_AnyHistory_NextAndLastSlotOnlyRise() => Holds((work, now) =>
    {
        var plan = work.Plan(now);
        Assert.True(plan.LastSlot >= work.LastSlot || work.LastSlot is null);
        Assert.True(plan.NextSlot is null || work.LastSlot is null || plan.NextSlot > work.LastSlot);
        if (plan.LastSlot == work.LastSlot)
            Assert.Equal((work.NextSlot, null, null), (plan.NextSlot, plan.Run, plan.Gaps));
        else
            Assert.True(plan.NextSlot is null || (plan.NextSlot > plan.LastSlot && plan.NextSlot > work.NextSlot));
        Assert.Null(plan.Fault);
    });

    [Fact]
    public void Plan_AnyHistory_NoRunIsEarlyOrAfterItsWindow() => Holds((work, now) =>
    {
        var plan = work.Plan(now);
        foreach (var slot in RowsOf(plan).SelectMany(row => new[] { row.First, row.Last }))
            Assert.True(work.Schedule.StartOf(slot, work.Context) <= now);
        if (plan.Run is { } run)
            Assert.True(work.Schedule.WindowEnd(run.Slots.Last) is not { } end || now < end);
        foreach (var slots in plan.Chain ?? [])
            Assert.True(work.Schedule.WindowEnd(slots.Last) is not { } end || now < end);
    });

    [Fact]
    public void Plan_PauseThatEnds_SlotsOfThePauseAndAfterAreInExactlyOneRow()
    {
        var paused = from work in PlanGen.Case from look in PlanGen.Look from length in Gen.Choose(1, 500_000) select (work, look, length);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Cases), Prop.ForAll(Arb.From(paused), pair =>
        {
            if (pair.work.NextSlot is not { } next)
                return;
            var since = pair.work.Schedule.StartOf(next, pair.work.Context) - Duration.FromSeconds(pair.length / 3);
            var pause = new Pause { Since = since, Until = since + Duration.FromSeconds(pair.length) };
            var due = pair.work with { Pause = pause, NextSlot = null };
            var now = pair.look.After(pause.Until.Value, pair.work);

            var plan = due.Plan(now);

            Assert.True(plan.EndsPause);
            var first = due.Schedule.FirstDue(since, due.LastSlot, due.Context);
            var slots = ReferencePlanner.DueSlots(due with { NextSlot = first }, now).Where(slot => !(plan.NextSlot <= slot)).ToList();
            Assert.Equal(slots, RowsOf(plan).SelectMany(row => SlotsOf(row, due.Schedule, due.Context)));
            var passed = slots.Count(slot => due.Schedule.StartOf(slot, due.Context) < pause.Until);
            Assert.Equal(passed, plan.Gaps?.Where(gap => gap.Reason == ExecutionReason.Paused).Sum(gap => gap.Slots.Count) ?? 0);
        }));
    }

    private static void Holds(Action<PlanCase, Instant> check) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Cases), Prop.ForAll(Arb.From(PlanGen.History), history =>
            Play(history.Work, history.Looks, (work, now, _) => check(work, now))));

    /// <summary>Looks at a job again and again, as claims do, and carries over what each plan says.</summary>
    private static void Play(PlanCase work, Look[] looks, Action<PlanCase, Instant, DuePlan> seen)
    {
        var now = work.NextSlot ?? Instant.FromUtc(2026, 6, 1, 0, 0);
        foreach (var look in looks)
        {
            now = look.After(now, work);
            var due = look.Seen(work, now);
            var plan = due.Plan(now);
            seen(due, now, plan);
            work = work with { NextSlot = plan.NextSlot, LastSlot = plan.LastSlot };
        }
    }

    private static IEnumerable<SlotRange> RowsOf(DuePlan plan) =>
        (plan.Gaps ?? []).Select(gap => gap.Slots).Concat(plan.Run is { } run ? [run.Slots] : []).Concat(plan.Chain ?? []);

    /// <summary>The slots of a row, one by one; the row's count must be theirs.</summary>
    private static List<Instant> SlotsOf(SlotRange row, Schedule schedule, ScheduleContext context)
    {
        var slots = new List<Instant>();
        for (Instant? slot = row.First; slot is { } found && found <= row.Last; slot = schedule.NextAfter(found, context))
            slots.Add(found);
        Assert.Equal(row.Last, slots[^1]);
        Assert.Equal(row.Count, slots.Count);
        return slots;
    }
}
