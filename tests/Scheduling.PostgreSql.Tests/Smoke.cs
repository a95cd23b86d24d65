using NodaTime;
using Scheduling.Planning;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.PostgreSql.Tests;

/// <summary>A little of everything, to see that a store works at all.</summary>
internal static class Smoke
{
    public static async Task RunAsync(ISchedulingStore store)
    {
        var now = Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
        var jobs = new JobScheduler(store).ForTenant("acme");
        await jobs.CreateAsync(new JobDefinition { Key = "job", Executor = "work", Schedule = Schedule.Once(now - Duration.FromSeconds(2)) });
        var run = Assert.Single((await store.Claims.ClaimAsync(ClaimOf(OwnerId.New(now)), default)).Runs);
        var result = new Settlement
        {
            Id = run.Id,
            Tenant = run.Tenant,
            JobId = run.JobId,
            Executor = "work",
            Token = run.Token,
            Kind = SettlementKind.End,
            Status = ExecutionStatus.Succeeded,
        };

        var settled = await store.Claims.SettleAsync(new SettleRequest { Owner = OwnerId.New(now), Settlements = [result] }, default);

        Assert.Equal([SettlementOutcome.Accepted], settled.Outcomes);
        Assert.Equal(ExecutionStatus.Succeeded, (await jobs.Executions.GetAsync(run.Id))?.Status);
        await jobs.PauseAsync("job");
        await jobs.ResumeAsync("job");
        Assert.True(await jobs.DeleteAsync("job"));
    }

    public static ClaimRequest ClaimOf(OwnerId owner, long number = 1, int free = 10) => new()
    {
        Owner = owner,
        Node = "node",
        Number = number,
        Executors = [new ExecutorCapacity("work", free)],
        Free = free,
        Lease = Duration.FromSeconds(30),
        Planner = new DuePlanner(),
    };
}
