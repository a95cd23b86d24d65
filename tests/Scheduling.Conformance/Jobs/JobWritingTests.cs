using NodaTime;
using Scheduling.Planning;
using Scheduling.Policies;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Conformance;

/// <summary>Creating, ensuring, reading and changing jobs.</summary>
public abstract class JobWritingTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    [Theory]
    [InlineData("manual")]
    [InlineData("once")]
    [InlineData("interval")]
    [InlineData("spread")]
    [InlineData("cron")]
    [InlineData("seconds")]
    [InlineData("disabled")]
    [InlineData("pinned")]
    [InlineData("empty override")]
    public async Task Create_AnySchedule_ComesBackAsWritten(string kind)
    {
        Schedule schedule = kind switch
        {
            "manual" => Schedule.Manual,
            "once" => Schedule.Once(Now + Duration.FromDays(400)),
            "interval" => Schedule.Interval(Duration.FromSeconds(90)),
            "spread" => Schedule.Interval(Duration.FromHours(2)).WithSpread(Duration.FromMilliseconds(1_234_567)),
            "cron" => Schedule.Cron("@daily", "Europe/Paris"),
            "seconds" => Schedule.Cron("*/10 0 6 ? * MON-FRI", "America/New_York", Cron.CronFormat.IncludeSeconds, Cron.CronDayRule.Either),
            "disabled" => Schedule.Polling(PollingInterval.Disabled, hour: 5, dayOfWeek: 0),
            "pinned" => Schedule.Polling(PollingInterval.OneWeek, hour: 0, dayOfWeek: 6),
            _ => Schedule.Polling(PollingInterval.OneDay, default(PollingOverride)),
        };

        var created = await Acme.CreateAsync(Work.Job("job", schedule));
        var read = await ReadAsync(created.Id);

        Assert.True(read.Schedule.IsWrittenLike(schedule));
        Assert.Equal(schedule.Spread, read.Schedule.Spread);
        Assert.Equal(created, read);
    }

    [Fact]
    public async Task Create_EveryField_ComesBackAsWritten()
    {
        var definition = new JobDefinition
        {
            Key = "Ключ / key 7",
            Name = "Nightly 🌙",
            Description = "Two\nlines",
            Executor = "integration.sync",
            Schedule = Schedule.Interval(Duration.FromHours(3)),
            Payload = JobPayload.FromJson("""{ "a" : 1.50, "ü":"\u00e9" }"""),
            Misfire = MisfirePolicy.RunAll(7).WithMaximumAge(Duration.FromDays(2)),
            Overlap = OverlapPolicy.QueueOne,
            Retry = RetryPolicy.Exponential(5, Duration.FromMilliseconds(1_500), Duration.FromMinutes(7), 1.5),
            Timeout = Duration.FromMinutes(90),
            Orphans = OrphanPolicy.Abandon,
            Anchor = Now - Duration.FromDays(100),
            SpreadKey = "herd",
        };

        var created = await Acme.CreateAsync(definition);
        var read = await ReadAsync("Ключ / key 7");

        Assert.Equal(definition, read.Definition);
        Assert.Equal("""{ "a" : 1.50, "ü":"\u00e9" }""", read.Payload.ToJson());
        Assert.Equal(created, read);
        Assert.Equal((1, Now, Now, new TenantId("acme"), JobState.Active), (read.Version, read.CreatedAt, read.UpdatedAt, read.Tenant, read.State));
    }

    [Fact]
    public async Task Create_WithoutKey_TakesTheIdAsKey()
    {
        var job = await Acme.CreateAsync(new JobDefinition { Executor = Work.Executor, Schedule = Schedule.Manual });

        Assert.Equal(job.Id.ToString(), job.Key);
        Assert.Equal(job, await ReadAsync(job.Key));
    }

    [Fact]
    public async Task Create_KeyTaken_IsRefusedWithTheJobThatIsThere()
    {
        var first = await EveryAsync(Duration.FromHours(1));

        var refused = await Assert.ThrowsAsync<JobExistsException>(async () => await DueNowAsync());

        Assert.Equal(first, refused.Existing);
        Assert.Equal(first, await ReadAsync("job"));
    }

    [Fact]
    public async Task Create_KeysThatDifferByCaseOrTenant_AreDifferentJobs()
    {
        var ids = new[] { (await DueNowAsync("key")).Id, (await DueNowAsync("KEY")).Id, (await Tenant("Acme").CreateAsync(Work.Job("key", Schedule.Manual))).Id };

        Assert.Equal(3, ids.Distinct().Count());
        Assert.Equal(ids[1], (await ReadAsync("KEY")).Id);
    }

    [Fact]
    public async Task Create_Invalid_NamesEveryProblemAndStoresNothing()
    {
        var refused = await Assert.ThrowsAsync<SchedulingValidationException>(async () =>
            await Acme.CreateAsync(new JobDefinition { Key = " x", Executor = "", Schedule = Schedule.Cron("0 0 30 2 *"), Timeout = Duration.Zero }));

        Assert.Equal(["key", "executor", "timeout", "schedule"], refused.Errors.Select(static e => e.Field));
        Assert.Empty((await Acme.ListAsync()).Items);
    }

    [Fact]
    public async Task Ensure_MissingThenSame_CreatesThenChangesNothing()
    {
        var definition = Work.Job("job", Schedule.Interval(Duration.FromHours(1)));
        var created = await Acme.EnsureAsync(definition);
        Advance(Duration.FromMinutes(5));

        Assert.Equal(created, await Acme.EnsureAsync(definition));
        Assert.Equal(created, await ReadAsync("job"));
    }

    [Fact]
    public async Task Ensure_Different_UpdatesAndKeepsTheOperatorsPause()
    {
        var definition = Work.Job("job", Schedule.Interval(Duration.FromHours(1)));
        await Acme.EnsureAsync(definition);
        await Acme.PauseAsync("job", by: "ops", reason: "incident 7");

        var ensured = await Acme.EnsureAsync(definition with { Name = "new", Active = true });

        Assert.Equal(("new", false, "incident 7"), (ensured.Name, ensured.Active, ensured.Pause?.Reason));
        Assert.True((await Acme.EnsureAsync(Work.Job("other", Schedule.Manual))).Active);
        Assert.True((await Acme.EnsureAsync(Work.Job("other", Schedule.Manual) with { Active = false })).Active);
    }

    [Fact]
    public async Task Get_UnknownIdOrKey_IsNull()
    {
        Assert.Null(await Acme.GetAsync("nobody"));
        Assert.Null(await Acme.GetAsync(JobId.New(Now)));
        Assert.Null(await Acme.GetAsync(default(JobId)));
    }

    [Fact]
    public async Task Update_OneField_LeavesTheOthersAndTheNextRun()
    {
        var job = await Acme.CreateAsync(Work.Job("job", Schedule.Interval(Duration.FromHours(1))) with { Name = "old", Description = "why", Payload = JobPayload.FromJson("1") });
        Advance(Duration.FromMinutes(10));

        var renamed = await Acme.UpdateAsync("job", new JobChange { Name = "new" });

        Assert.Equal(job with { Definition = job.Definition with { Name = "new" }, Version = 2, UpdatedAt = Now }, renamed);
        Assert.Equal(renamed, await ReadAsync(job.Id));
    }

    [Fact]
    public async Task Update_NullAndUnset_Differ()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Manual) with { Name = "name", Description = "why" });

        var job = await Acme.UpdateAsync("job", new JobChange { Name = new Change<string?>(null) });

        Assert.Equal((null, "why"), (job.Name, job.Definition.Description));
    }

    [Fact]
    public async Task Update_SameValues_IsNoChange()
    {
        var job = await EveryAsync(Duration.FromHours(1));
        Advance(Duration.FromMinutes(10));

        var same = await Acme.UpdateAsync("job", new JobChange { Schedule = job.Schedule, Executor = job.Executor, Active = true, Name = new Change<string?>(null) });

        Assert.Equal(job, same);
        Assert.Equal(job, await ReadAsync("job"));
    }

    [Fact]
    public async Task Update_OtherVersion_IsAConflictWithTheJobAsItIs()
    {
        var job = await EveryAsync(Duration.FromHours(1));
        var first = await Acme.UpdateAsync("job", new JobChange { Name = "first" }, job.Version);

        var conflict = await Assert.ThrowsAsync<JobConflictException>(async () => await Acme.UpdateAsync("job", new JobChange { Name = "second" }, job.Version));

        Assert.Equal((first, 1L), (conflict.Current, conflict.ExpectedVersion));
        Assert.Equal("first", (await ReadAsync("job")).Name);
    }

    [Fact]
    public async Task Update_ByFunctionWhileAnotherWrites_ReadsAgain()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Manual) with { Name = "0" });
        var calls = 0;

        var job = await Acme.UpdateAsync("job", current =>
        {
            if (calls++ == 0)
                Acme.UpdateAsync("job", new JobChange { Name = "other" }).AsTask().GetAwaiter().GetResult();
            return new JobChange { Name = current.Name + "+1" };
        });

        Assert.Equal(("other+1", 3, 2), (job.Name, job.Version, calls));
    }

    [Fact]
    public async Task Update_Invalid_ChangesNothing()
    {
        var job = await EveryAsync(Duration.FromHours(1));

        var refused = await Assert.ThrowsAsync<SchedulingValidationException>(async () =>
            await Acme.UpdateAsync("job", new JobChange { Name = "new", Schedule = Schedule.Cron("0 0 * * *", "Mars/Olympus") }));

        Assert.Equal("schedule.timeZone", Assert.Single(refused.Errors).Field);
        Assert.Equal(job, await ReadAsync("job"));
    }

    [Fact]
    public async Task Update_Missing_IsNotFound()
    {
        await Assert.ThrowsAsync<JobNotFoundException>(async () => await Acme.UpdateAsync("nobody", new JobChange { Name = "x" }));
        await Assert.ThrowsAsync<JobNotFoundException>(async () => await Acme.UpdateAsync("nobody", static _ => new JobChange()));
        await Assert.ThrowsAsync<JobNotFoundException>(async () => await Acme.PauseAsync("nobody"));
        await Assert.ThrowsAsync<JobNotFoundException>(async () => await Acme.ResumeAsync("nobody"));
        await Assert.ThrowsAsync<JobNotFoundException>(async () => await Acme.RunNowAsync("nobody"));
        Assert.False(await Acme.DeleteAsync("nobody"));
    }

    [Fact]
    public async Task Version_AfterClaimsAndRuns_CountsDefinitionChangesOnly()
    {
        await EveryAsync(Duration.FromMinutes(1));
        var node = Process();
        Advance(Duration.FromMinutes(1));
        await node.SucceedAsync(await node.ClaimOneAsync());

        var job = await ReadAsync("job");

        Assert.Equal((1, Start), (job.Version, job.UpdatedAt));
        Assert.Equal(2, (await Acme.PauseAsync("job")).Version);
        Assert.Equal(3, (await Acme.ResumeAsync("job")).Version);
    }

    [Fact]
    public async Task Write_DecisionThrows_ReachesTheCallerAndChangesNothing()
    {
        var job = await EveryAsync(Duration.FromHours(1));
        var edit = new WriteJobRequest { Tenant = job.Tenant, Job = job.Id, Edit = static (_, _) => throw new InvalidOperationException("no") };
        var create = new WriteJobRequest { Tenant = job.Tenant, Job = "new", Create = static _ => throw new InvalidOperationException("no") };

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Store.Jobs.WriteAsync(edit, default));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Store.Jobs.WriteAsync(create, default));

        Assert.Equal(job, await ReadAsync("job"));
        Assert.Null(await Acme.GetAsync("new"));
        Assert.Equal("after", (await Acme.UpdateAsync("job", new JobChange { Name = "after" })).Name);
    }

    [Fact]
    public async Task Write_Decision_GetsTheStoredJobAndTheStoresNow()
    {
        var job = await EveryAsync(Duration.FromHours(1));
        Advance(Duration.FromSeconds(7));
        (Job, Instant)? seen = null;

        var response = await Store.Jobs.WriteAsync(new WriteJobRequest
        {
            Tenant = job.Tenant,
            Job = job.Id,
            Edit = (stored, now) =>
            {
                seen = (stored, now);
                return new JobEdit { Job = stored, IsChange = false };
            },
        }, default);

        Assert.Equal((job, Now), seen);
        Assert.Equal(WriteJobOutcome.Unchanged, response.Outcome);
    }
}
