using System.Globalization;
using NodaTime;
using Scheduling.Schedules;

namespace Scheduling.PostgreSql.Tests.Plans;

/// <summary>A claim locks the jobs it has places for: what it locks in vain, others skip, and what it reads in vain costs as much as a run.</summary>
public sealed class ClaimReadsTests(ExplainedServer server) : IClassFixture<ExplainedServer>
{
    private const int Tenants = 40;
    private const int JobsOfEach = 12;
    private const int Places = 64;

    // A share that goes beyond the places; and the server rounds the rows of a step for each of its loops, about two dozen.
    private const int Beyond = 8 + 12;

    [Fact]
    public async Task Claim_MoreDueThanPlaces_LocksNotManyMoreJobsThanPlaces()
    {
        var store = new PostgreSqlStore(server.Source, new PostgreSqlStoreOptions { Schema = "reads", UseNotifications = false });
        await store.InitializeAsync(default);
        var due = Schedule.Once(Instant.FromUtc(2026, 1, 1, 0, 0));
        for (var tenant = 0; tenant < Tenants; tenant++)
        {
            var jobs = new JobScheduler(store).ForTenant(string.Create(CultureInfo.InvariantCulture, $"tenant-{tenant}"));
            for (var n = 0; n < JobsOfEach; n++)
                await jobs.CreateAsync(new JobDefinition { Key = string.Create(CultureInfo.InvariantCulture, $"job-{n}"), Executor = "work", Schedule = due });
        }
        var (_, start) = server.PlansSince(0);

        // Some places are kept for tenants with nothing running here: the turns that get one of them say nothing of how much work turns have.
        for (var number = 1; number <= 6; number++)
        {
            var claim = await store.Claims.ClaimAsync(Smoke.ClaimOf(OwnerId.New(Instant.FromUtc(2026, 1, 1, 0, number)), number, Places) with { Reserved = Places / 4, BusyTenants = [] }, default);
            Assert.Equal(Places, claim.Runs.Count);
        }

        var (plans, _) = server.PlansSince(start);
        var looks = plans.Where(static plan => plan.Title.StartsWith("-- Locks the turns that have come", StringComparison.Ordinal)).ToList();
        Assert.True(looks.Count >= 6, $"{looks.Count} looks were explained");
        Assert.All(looks, static look => Assert.InRange(look.Nodes.Where(static node => node.Table == "due").Sum(static node => node.Rows), 1, Places + Beyond));
    }
}
