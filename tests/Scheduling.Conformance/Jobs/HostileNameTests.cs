using Scheduling.Schedules;

namespace Scheduling.Conformance;

/// <summary>faults.md G6: names that mean something to SQL, shells, browsers or terminals are texts like any other, in every call that takes one.</summary>
public abstract class HostileNameTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    private static readonly string[] Names =
    [
        "a", new string('x', 128), "Acme", "acme", "two words", "\U0001F600\U0001F680", "\u6771\u4eac", "Stra\u00dfe", "e\u0301", "\u00e9", "it's", "''", "\"quoted\"", "`tick`", "100%", "%", "_", "under_score", @"back\slash", @"\'", "../../etc/passwd",
        "'; drop table jobs; --", "$1", "{schema}", "@p0", ":name", "?", "*", "<script>alert(1)</script>", "=cmd()", "{0}", "$(id)", "a\u202Eb", "a\u200Bb", "null", "NULL", "0", "-1", "a/b", "a|b", "#", "--", "/* */", ";",
    ];

    [Fact]
    public async Task EveryName_InEveryCallThatTakesOne_IsKeptAsItIsAndMeansItselfOnly()
    {
        // Each is a tenant, a job, a secret and a request of its own; none may be taken for another.
        foreach (var name in Names)
        {
            var jobs = Tenant(name);
            await jobs.CreateAsync(Work.Job(name, Schedule.Manual) with { Name = name, Description = name });
            await jobs.Secrets.SetAsync(name, name + " secret");
            await jobs.RunNowAsync(name, idempotencyKey: name);
        }
        var node = Process();
        var runs = (await node.ClaimAsync()).Runs;
        foreach (var run in runs)
            await node.SettleAsync(Result.Of(run, message: run.Definition.Key));

        Assert.Equal(Names.Order(StringComparer.Ordinal), runs.Select(static run => run.Tenant.Value).Order(StringComparer.Ordinal));
        foreach (var name in Names)
            await CheckAsync(Tenant(name), name);
    }

    private static async Task CheckAsync(ITenantJobs jobs, string name)
    {
        var job = Assert.Single((await jobs.ListAsync(new JobQuery { Filter = new JobFilter { KeyPrefix = name, NameContains = name, Executor = Work.Executor } })).Items);
        Assert.Equal((name, name, name, name), (job.Tenant.Value, job.Key, job.Name, job.Definition.Description));
        Assert.Equal(job, await jobs.GetAsync(name));
        var run = Assert.Single((await jobs.Executions.ListAsync(new ExecutionQuery { Job = name })).Items);
        Assert.Equal((name, ExecutionStatus.Succeeded, name), (run.JobKey, run.Status, run.Message));
        Assert.Equal(run.Id, (await jobs.RunNowAsync(name, idempotencyKey: name)).Id);
        Assert.Equal(name, Assert.Single((await jobs.Secrets.ListNamesAsync()).Items).Name);
        Assert.Equal((name, name), ((await jobs.PauseAsync(name, by: name, reason: name)).Pause!.By, (await jobs.GetAsync(name))!.Pause!.Reason));
        Assert.True(await jobs.DeleteAsync(name));
        Assert.Null(await jobs.GetAsync(name));
    }
}
