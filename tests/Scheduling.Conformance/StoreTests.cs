using NodaTime;
using Scheduling.Planning;
using Scheduling.Schedules;
using Scheduling.Storage;
using Scheduling.TestKit;

namespace Scheduling.Conformance;

/// <summary>An area of the suite: an empty store on a clock that the test moves, and the words its tests are written in. The invariants are checked after every test.</summary>
public abstract class StoreTests<TStore> : IAsyncLifetime
    where TStore : StoreFixture, new()
{
    private readonly HashSet<TenantId> _tenants = [];

    /// <summary>Where the clock stands at first: a Monday morning, on the second.</summary>
    protected Instant Start { get; } = Instant.FromUtc(2026, 3, 2, 10, 0);

    protected ManualTimeProvider Clock { get; } = new(Instant.FromUtc(2026, 3, 2, 10, 0));

    protected TStore Fixture { get; } = new();

    protected ISchedulingStore Store { get; private set; } = null!;

    protected JobScheduler Scheduler { get; private set; } = null!;

    protected ITenantJobs Acme => Tenant("acme");

    protected Instant Now => Clock.Now;

    /// <summary>What a test did that excuses gaps in the history.</summary>
    protected StoreInvariants Invariants { get; } = new();

    public async ValueTask InitializeAsync()
    {
        Store = await Fixture.CreateStoreAsync(Clock);
        await Store.InitializeAsync(default);
        Scheduler = new JobScheduler(Store, time: Clock, secrets: Keys.Of("first"));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await using (Fixture)
        {
            await Invariants.CheckAsync(Store, _tenants);
            await Fixture.CheckInvariantsAsync(Store);
        }
    }

    protected ITenantJobs Tenant(string tenant)
    {
        _tenants.Add(new TenantId(tenant));
        return Scheduler.ForTenant(tenant);
    }

    protected TestProcess Process(params string[] executors) => new(Store, executors.Length == 0 ? [Work.Executor] : executors, Now);

    protected void Advance(Duration by) => Clock.Advance(by.ToTimeSpan());

    protected void AdvanceTo(Instant to) => Clock.AdvanceTo(to);

    /// <summary>A job of acme that runs every so often, first after that time.</summary>
    protected ValueTask<Job> EveryAsync(Duration every, string key = "job") => Acme.CreateAsync(Work.Job(key, Schedule.Interval(every)));

    /// <summary>A job of acme that is due now, once.</summary>
    protected ValueTask<Job> DueNowAsync(string key = "job") => Acme.CreateAsync(Work.Job(key, Schedule.Once(Now)));

    protected async Task<Job> ReadAsync(JobRef job) => Assert.IsType<Job>(await Acme.GetAsync(job));

    protected async Task<Execution> ReadAsync(ExecutionId id) => Assert.IsType<Execution>(await Acme.Executions.GetAsync(id));

    /// <summary>The rows of a job of acme, oldest first.</summary>
    protected async Task<IReadOnlyList<Execution>> HistoryAsync(JobRef job)
    {
        var page = await Acme.Executions.ListAsync(new ExecutionQuery { Job = job, PageSize = ExecutionQuery.MaximumPageSize });
        Assert.Null(page.Cursor);
        return [.. page.Items.Reverse()];
    }

    protected static DuePlanner Planner { get; } = new();
}
