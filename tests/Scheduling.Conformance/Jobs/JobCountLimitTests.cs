using NodaTime;
using Scheduling.Planning;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Conformance;

/// <summary>The number of jobs that a creation may lead to, exact also when many create at once; and the set that a job belongs to.</summary>
public abstract class JobCountLimitTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    [Fact]
    public async Task Create_AtTheMaximum_IsRefusedWithTheNumberAndStoresNothing()
    {
        Assert.Equal(WriteJobOutcome.Created, (await CreateAsync("a", maximum: 2)).Outcome);
        Assert.Equal(WriteJobOutcome.Created, (await CreateAsync("b", maximum: 2)).Outcome);

        var refused = await CreateAsync("c", maximum: 2);

        Assert.Equal((WriteJobOutcome.TooMany, 2, null), (refused.Outcome, refused.JobCount, refused.Job));
        Assert.Equal(WriteJobOutcome.TooMany, (await CreateAsync("c", maximum: 1)).Outcome);
        Assert.Equal(WriteJobOutcome.TooMany, (await CreateAsync("c", maximum: 0)).Outcome);
        Assert.Null(await Acme.GetAsync("c"));
        Assert.Equal(WriteJobOutcome.Created, (await CreateAsync("c", maximum: null)).Outcome);
    }

    [Fact]
    public async Task Create_AtTheMaximum_KeyThatIsTakenComesFirst()
    {
        await CreateAsync("a", maximum: 1);

        Assert.Equal(WriteJobOutcome.Exists, (await CreateAsync("a", maximum: 1)).Outcome);
    }

    [Fact]
    public async Task Create_OtherTenantsAndDeletedJobs_DoNotCount()
    {
        await Tenant("globex").CreateAsync(Work.Job("theirs", Schedule.Manual));
        await CreateAsync("a", maximum: 1);
        await Acme.PauseAsync("a");
        Assert.Equal(WriteJobOutcome.TooMany, (await CreateAsync("b", maximum: 1)).Outcome);

        await Acme.DeleteAsync("a");

        Assert.Equal(WriteJobOutcome.Created, (await CreateAsync("b", maximum: 1)).Outcome);
    }

    [Fact]
    public async Task Edit_AboveTheMaximum_IsNotCounted()
    {
        await CreateAsync("a", maximum: null);
        await CreateAsync("b", maximum: null);
        var request = new WriteJobRequest { Tenant = Acme.Tenant, Job = "a", Edit = static (job, _) => Named(job, "new"), MaximumJobs = 1 };

        Assert.Equal(WriteJobOutcome.Changed, (await Store.Jobs.WriteAsync(request, default)).Outcome);
    }

    [Fact]
    public async Task Create_ManyAtOnce_NeverMoreThanTheMaximum()
    {
        const int Creations = 24;
        const int Maximum = 7;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, Creations).Select(n => Task.Run(async () => (await CreateAsync($"job-{n}", Maximum)).Outcome)));

        Assert.Equal(Maximum, outcomes.Count(static outcome => outcome == WriteJobOutcome.Created));
        Assert.Equal(Creations - Maximum, outcomes.Count(static outcome => outcome == WriteJobOutcome.TooMany));
        Assert.Equal(Maximum, (await Acme.ListAsync()).Items.Count);
    }

    [Fact]
    public async Task Reconcile_NewerGeneration_IsStoredAndAnOlderOneRefused()
    {
        var set = new JobSet { Name = "deploy", Generation = 1, Jobs = [Work.Job("a", Schedule.Manual), Work.Job("b", Schedule.Manual)] };
        await Acme.ReconcileAsync(set);

        var result = await Acme.ReconcileAsync(set with { Generation = 2, Jobs = [Work.Job("a", Schedule.Manual)] });

        Assert.Equal([ReconcileAction.Unchanged, ReconcileAction.Deleted], result.Items.Select(static item => item.Action));
        var job = await ReadAsync("a");
        Assert.Equal((2, "deploy", 2), (job.Version, job.Definition.Source!.Name, job.Definition.Source.Generation));
        Assert.True((await Acme.ReconcileAsync(set)).IsStale);
        Assert.Null(await Acme.GetAsync("b"));
    }

    private static JobEdit Named(Job job, string name) => new() { Job = job with { Definition = job.Definition with { Name = name } } };

    private ValueTask<WriteJobResponse> CreateAsync(string key, int? maximum) => Store.Jobs.WriteAsync(
        new WriteJobRequest { Tenant = Acme.Tenant, Job = key, Create = now => NewJob(key, now), MaximumJobs = maximum }, default);

    private Job NewJob(string key, Instant now) => new()
    {
        Id = JobId.New(now),
        Tenant = Acme.Tenant,
        Definition = Work.Job(key, Schedule.Manual),
        Version = 1,
        CreatedAt = now,
        UpdatedAt = now,
        Anchor = now,
    };
}
