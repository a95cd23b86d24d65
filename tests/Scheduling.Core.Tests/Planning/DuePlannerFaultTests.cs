using NodaTime;
using NodaTime.TimeZones;
using Scheduling.Core.Tests.Cron;
using Scheduling.Planning;
using Scheduling.Schedules;

namespace Scheduling.Core.Tests.Planning;

/// <summary>A schedule that cannot be asked stops its own job with a reason, and nothing else is decided.</summary>
public class DuePlannerFaultTests
{
    private static readonly Instant Now = March.At("04T12:00:01");

    [Fact]
    public void Plan_ZoneThatNobodyKnows_FaultsWithTheNearName()
    {
        // faults.md A11: resolved late, so that a stored row with a zone of newer data concerns one job.
        var work = PlanCase.Due(Schedule.Cron("0 * * * *", "Europe/Pariss"), "04T12:00") with { LastSlot = March.At("04T11:00") };

        var plan = work.Plan(Now);

        Assert.Equal("Fault UnknownZone; next never", PlanText.Of(plan));
        Assert.Equal(Now, plan.Fault!.Since);
        Assert.Contains("Europe/Pariss", plan.Fault.Message, StringComparison.Ordinal);
        Assert.Matches("Europe/Paris[^s]", plan.Fault.Message);
        Assert.Equal(March.At("04T11:00"), plan.LastSlot);
    }

    [Fact]
    public void Plan_ZoneWhoseTimeStandsStill_FaultsInsteadOfLooping()
    {
        // Its intervals never contain the instant they are asked for; an engine that believed them would find the same slot for ever.
        var zone = new HostileZone(i => new ZoneInterval("X", i - Duration.FromDays(9), i - Duration.FromDays(8), Offset.Zero, Offset.Zero));
        var plan = Planned(zone);

        Assert.Equal("Fault BadSchedule; next never", PlanText.Of(plan));
        Assert.Contains(zone.Id, plan.Fault!.Message, StringComparison.Ordinal);
        Assert.Null(plan.Gaps);
    }

    [Fact]
    public void Plan_ZoneThatThrows_FaultsWithTheExceptionsName()
    {
        var plan = Planned(new HostileZone(_ => throw new InvalidTimeZoneException(new string('x', 5_000) + "\0")));

        Assert.Equal(JobFaultReason.BadSchedule, plan.Fault!.Reason);
        Assert.Contains(nameof(InvalidTimeZoneException), plan.Fault.Message, StringComparison.Ordinal);
        Assert.Equal(1_024, plan.Fault.Message.Length);
        Assert.Null(plan.Run);
    }

    [Fact]
    public void Plan_SameWorkAndTime_SamePlan()
    {
        var work = PlanCase.Due(Schedule.Cron("*/7 * * * *", "Europe/Paris"), "04T12:00");

        Assert.Equal(work.Plan(Now), work.Plan(Now));
    }

    [Theory]
    [InlineData("acme", "github", 0x056E7C0DDA37D5F7UL)]
    [InlineData("acme", "gitlab", 0x6F85D049DBD24C45UL)]
    public void SpreadOf_NoSpreadKey_IsOfTenantAndKey(string tenant, string key, ulong expected) =>
        Assert.Equal(expected, DuePlanner.SpreadOf(new TenantId(tenant), new JobDefinition { Key = key, Executor = "x", Schedule = Schedule.Manual }));

    [Fact]
    public void SpreadOf_OwnSpreadKey_TenantAndKeyDoNotMatter()
    {
        var definition = new JobDefinition { Key = "github", Executor = "x", Schedule = Schedule.Manual, SpreadKey = "together" };

        Assert.Equal(DuePlanner.SpreadOf(new TenantId("acme"), definition), DuePlanner.SpreadOf(new TenantId("globex"), definition with { Key = "gitlab" }));
        Assert.NotEqual(DuePlanner.SpreadOf(new TenantId("acme"), definition), DuePlanner.SpreadOf(new TenantId("acme"), definition with { SpreadKey = "alone" }));
    }

    private static DuePlan Planned(DateTimeZone zone)
    {
        var work = PlanCase.Due(Schedule.Cron("0 * * * *", zone.Id), "04T12:00") with { Context = new() { Zones = new OneZone(zone) } };
        return work.Plan(Now);
    }
}
