using System.Globalization;
using NodaTime;
using Scheduling.Schedules;

namespace Scheduling.Hosting.Tests.Edges;

/// <summary>For a child process without globalization data, zone files and a zone of its own; see <see cref="ChildTests"/>.</summary>
public class ZoneScenarios
{
    [Fact(Explicit = true)]
    public async Task Job_InAZone_RunsByOurOwnZoneData()
    {
        Assert.Empty(CultureInfo.CurrentCulture.Name);
        await using var harness = new SchedulingHarness(static s => s.AddExecutor("x", static (_, _) => default), new HarnessOptions { Start = Instant.FromUtc(2026, 3, 28, 0, 0) });
        await harness.ForTenant("acme").CreateAsync(new JobDefinition { Key = "job", Executor = "x", Schedule = Schedule.Cron("30 2 * * *", "Europe/Paris") });

        await harness.AdvanceByAsync(Duration.FromDays(3));

        // On the 29th half past two does not exist: it is three, an hour before the usual time of the days after.
        (await harness.RecordAsync("acme", "job")).RanAt(Instant.FromUtc(2026, 3, 28, 1, 30), Instant.FromUtc(2026, 3, 29, 1, 0), Instant.FromUtc(2026, 3, 30, 0, 30));
    }
}
