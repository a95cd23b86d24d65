using System.Collections.Concurrent;
using System.Globalization;
using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Conformance;

/// <summary>Everybody at once: a bounded amount of work on eight threads, and the invariants at its end.</summary>
public abstract class ConcurrencyTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    private const int Threads = 8;
    private const int Jobs = 40;
    private const int Rounds = 60;

    [Fact]
    public async Task EightThreads_ClaimSettleEnqueueAndEdit_LeaveEverySlotAnsweredOnce()
    {
        string[] tenants = ["acme", "globex", "initech"];
        foreach (var tenant in tenants)
        {
            for (var n = 0; n < Jobs; n++)
                await Tenant(tenant).CreateAsync(Work.Job(Key(n), Schedule.Interval(Duration.FromSeconds(5 + (n % 7)))) with { Overlap = (OverlapPolicy)(n % 3) });
        }
        await Scheduler.SetLimitsAsync(new TenantId("globex"), new TenantLimits { MaximumRunning = 4 });
        var starts = new ConcurrentBag<(JobId Job, long Token)>();
        var mostRunning = 0;

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(async () =>
        {
            var node = Process();
            var random = new Random(thread);
            for (var round = 0; round < Rounds; round++)
            {
                if (thread == 0)
                    Advance(Duration.FromSeconds(3));
                var claim = await node.ClaimAsync(random.Next(1, 30));
                foreach (var run in claim.Runs)
                    starts.Add((run.JobId, run.Token));
                InterlockedMax(ref mostRunning, (await Store.Jobs.GetTenantAsync(new TenantId("globex"), default)).Running);
                await ActAsync(Scheduler.ForTenant(tenants[random.Next(tenants.Length)]), Key(random.Next(Jobs)), random);
                await SettleSomeAsync(node, random);
                await node.RenewAsync();
            }
            foreach (var run in node.Held.ToList())
                Assert.Equal(SettlementOutcome.Accepted, await node.SettleAsync(Result.Of(run)));
        })));

        Assert.InRange(mostRunning, 1, 4);
        Assert.Equal(starts.Count, starts.Distinct().Count());
        foreach (var tenant in tenants)
            Assert.Equal(0, (await Store.Jobs.GetTenantAsync(new TenantId(tenant), default)).Running);
    }

    [Fact]
    public async Task TwoClaimsOfOneProcessAtOnce_GiveDifferentRuns_AndBothCanBeRepeated()
    {
        const int jobs = 160;
        for (var n = 0; n < jobs; n++)
            await Tenant(string.Create(CultureInfo.InvariantCulture, $"tenant-{n % 8}")).CreateAsync(Work.Job(Key(n), Schedule.Once(Now)));
        var node = Process();
        var started = new HashSet<ExecutionId>();

        for (var round = 0; round < jobs && started.Count < jobs; round++)
        {
            ClaimRequest[] requests = [node.Request(30), node.Request(30)];
            var answers = await Task.WhenAll(requests.Select(request => Task.Run(async () => await Store.Claims.ClaimAsync(request, default))));
            foreach (var run in answers.SelectMany(static answer => answer.Runs))
                Assert.True(started.Add(run.Id), $"{run.Id} was given twice");

            // The later number first: each has its own answer, whatever the other's was. One that got nothing has none to repeat.
            foreach (var n in new[] { 1, 0 }.Where(n => answers[n].Runs.Count > 0))
                Assert.Equal(IdsOf(answers[n]), IdsOf(await Store.Claims.ClaimAsync(requests[n], default)));
            var outcomes = await node.SettleAllAsync([.. answers.SelectMany(static answer => answer.Runs).Select(static run => Result.Of(run))]);
            Assert.All(outcomes, static outcome => Assert.Equal(SettlementOutcome.Accepted, outcome));
        }

        Assert.Equal(jobs, started.Count);
    }

    [Fact]
    public async Task EightThreads_OneTimeJobs_EachRunsOnce()
    {
        for (var n = 0; n < 1_000; n++)
            await Tenant(n % 2 == 0 ? "acme" : "globex").CreateAsync(Work.Job(Key(n), Schedule.Once(Now)));
        var runs = new ConcurrentBag<JobId>();

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(async () =>
        {
            var node = Process();
            for (var claim = await node.ClaimAsync(20); claim.Runs.Count > 0; claim = await node.ClaimAsync(20))
            {
                foreach (var run in claim.Runs)
                    runs.Add(run.JobId);
                await node.SucceedAllAsync();
            }
        })));
        foreach (var run in (await Process().ClaimAsync()).Runs)
            runs.Add(run.JobId);

        Assert.Equal(1_000, runs.Count);
        Assert.Equal(1_000, runs.Distinct().Count());
    }

    [Fact]
    public async Task EightThreads_CreateAndDeleteOneKey_LeaveAtMostOneJob()
    {
        var acme = Acme;
        var created = 0;
        var deleted = 0;
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(async () =>
        {
            for (var round = 0; round < 50; round++)
            {
                try
                {
                    await acme.CreateAsync(Work.Job("job", Schedule.Manual));
                    Interlocked.Increment(ref created);
                }
                catch (JobExistsException)
                {
                    // Somebody was faster, which is the point.
                }
                if ((round + thread) % 2 == 0 && await acme.DeleteAsync("job"))
                    Interlocked.Increment(ref deleted);
            }
        })));

        Assert.InRange(created - deleted, 0, 1);
        Assert.Equal(created - deleted, (await Acme.ListAsync()).Items.Count);
    }

    [Fact]
    public async Task EightThreads_UpdateByFunction_LoseNothing()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Manual) with { Name = "0" });
        var acme = Acme;

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(async () =>
        {
            for (var n = 0; n < 10; n++)
                await IncrementAsync(acme);
        })));

        Assert.Equal("80", (await ReadAsync("job")).Name);
        Assert.Equal(81, (await ReadAsync("job")).Version);
    }

    private static async Task IncrementAsync(ITenantJobs jobs)
    {
        while (true)
        {
            try
            {
                await jobs.UpdateAsync("job", static job => new JobChange { Name = (int.Parse(job.Name!, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture) });
                return;
            }
            catch (JobConflictException)
            {
                // Ten times in a row somebody was faster: with eight threads that may happen, and the caller asks again.
            }
        }
    }

    private static async Task ActAsync(ITenantJobs jobs, string key, Random random)
    {
        try
        {
            switch (random.Next(5))
            {
                case 0:
                    await jobs.RunNowAsync(key);
                    break;
                case 1:
                    await jobs.PauseAsync(key);
                    break;
                case 2:
                    await jobs.ResumeAsync(key);
                    break;
                case 3:
                    await jobs.UpdateAsync(key, new JobChange { Name = random.Next().ToString(CultureInfo.InvariantCulture) });
                    break;
                default:
                    foreach (var row in (await jobs.Executions.ListAsync(new ExecutionQuery { Job = key, PageSize = 3 })).Items)
                        await jobs.Executions.CancelAsync(row.Id);
                    break;
            }
        }
        catch (JobAlreadyRunningException)
        {
            // As the job's overlap policy says.
        }
    }

    private static async Task SettleSomeAsync(TestProcess node, Random random)
    {
        foreach (var run in node.Held.Where(_ => random.Next(3) > 0).ToList())
        {
            var settlement = random.Next(10) switch
            {
                0 => Result.Retry(run, Duration.FromSeconds(random.Next(10))),
                1 => Result.HandBack(run, hadBegun: random.Next(2) == 0),
                2 => Result.Failed(run),
                _ => Result.Of(run),
            };
            Assert.Equal(SettlementOutcome.Accepted, await node.SettleAsync(settlement));
        }
    }

    private static string Key(int n) => string.Create(CultureInfo.InvariantCulture, $"job-{n}");

    private static List<ExecutionId> IdsOf(ClaimResponse answer) => [.. answer.Runs.Select(static run => run.Id).Order()];

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen; seen = Volatile.Read(ref target))
            Interlocked.CompareExchange(ref target, value, seen);
    }
}
