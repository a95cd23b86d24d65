using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;
using Scheduling.Storage;
using Scheduling.TestKit;

namespace Scheduling.Core.Tests.Client;

/// <summary>A set of definitions that jobs are made equal to.</summary>
public class ReconcileTests
{
    private readonly ManualTimeProvider _clock = new(Instant.FromUtc(2026, 3, 4, 12, 0));
    private readonly AdmissionTable _policy = new();
    private readonly ITenantJobs _acme;

    public ReconcileTests() => _acme = new JobScheduler(new InMemoryStore(_clock), time: _clock, admission: _policy).ForTenant("acme");

    [Fact]
    public async Task Reconcile_FirstTime_CreatesAndThenLeavesAlone()
    {
        Assert.Equal("a Created, b Created", await RunAsync(1, Job("a"), Job("b")));
        var before = (await _acme.GetAsync("a"))!;

        Assert.Equal("a Unchanged, b Unchanged", await RunAsync(1, Job("a"), Job("b")));

        Assert.Equal(before, await _acme.GetAsync("a"));
        Assert.Equal(("deploy", 1), (before.Definition.Source!.Name, before.Definition.Source.Generation));
    }

    [Fact]
    public async Task Reconcile_ChangedSet_UpdatesAndPrunesAndKeepsThePause()
    {
        await RunAsync(1, Job("a"), Job("b"), Job("c"));
        await _acme.PauseAsync("b", by: "ann");
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal("b Updated, d Created, c Unchanged, a Deleted", await RunAsync(2, Job("b") with { Name = "n" }, Job("d"), Job("c")));

        var paused = (await _acme.GetAsync("b"))!;
        Assert.Equal(("n", "ann", 2), (paused.Name, paused.Pause!.By, paused.Definition.Source!.Generation));
        Assert.Null(await _acme.GetAsync("a"));
        var unchanged = (await _acme.GetAsync("c"))!;
        Assert.Equal((2, 2), (unchanged.Version, unchanged.Definition.Source!.Generation));
    }

    [Fact]
    public async Task Reconcile_OlderGeneration_ChangesNothing()
    {
        await RunAsync(7, Job("a") with { Name = "new" });

        var result = await _acme.ReconcileAsync(Set(6, Job("a") with { Name = "old" }, Job("b")));

        Assert.Equal((true, 7L, 0), (result.IsStale, result.NewerGeneration, result.Items.Count));
        Assert.Equal("new", (await _acme.GetAsync("a"))!.Name);
        Assert.Null(await _acme.GetAsync("b"));
    }

    [Fact]
    public async Task Reconcile_JobsOfOthers_AreConflictsAndStay()
    {
        await _acme.CreateAsync(Job("own"));
        await _acme.ReconcileAsync(Set(9, Job("theirs")) with { Name = "other" });

        Assert.Equal("own Conflict, theirs Conflict, a Created", await RunAsync(1, Job("own") with { Name = "n" }, Job("theirs") with { Name = "n" }, Job("a")));
        Assert.Equal("a Deleted", await RunAsync(2));
        Assert.Null((await _acme.GetAsync("own"))!.Name);
        Assert.Null((await _acme.GetAsync("theirs"))!.Name);

        var adopted = await _acme.ReconcileAsync(Set(3, Job("own"), Job("theirs")), new ReconcileOptions { Adopts = true });
        Assert.Equal("own Updated, theirs Conflict", Text(adopted));
        Assert.Equal("deploy", (await _acme.GetAsync("own"))!.Definition.Source!.Name);
    }

    [Fact]
    public async Task Reconcile_DryRun_TellsAndWritesNothing()
    {
        await RunAsync(1, Job("a"), Job("b"));
        var before = (await _acme.ListAsync()).Items;

        var result = await _acme.ReconcileAsync(Set(2, Job("a") with { Name = "n" }, Job("c")), new ReconcileOptions { IsDryRun = true });

        Assert.Equal("a Updated, c Created, b Deleted", Text(result));
        Assert.Equal((null, "n"), (result.Items[0].Before!.Name, result.Items[0].After!.Name));
        Assert.Equal(before, (await _acme.ListAsync()).Items);
    }

    [Fact]
    public async Task Reconcile_RefusedJobs_DoNotStopTheOthers()
    {
        _policy.Rules = new AdmissionRules { Executors = ["sync"], MaximumJobs = 1 };

        var result = await _acme.ReconcileAsync(Set(1, Job("bad") with { Timeout = Duration.Zero }, Job("x") with { Executor = "shell" }, Job("a"), Job("b")));

        Assert.Equal("bad Refused, x Refused, a Created, b Refused", Text(result));
        Assert.IsType<SchedulingValidationException>(result.Items[0].Error);
        Assert.Equal(AdmissionRule.MaximumJobs, Assert.IsType<AdmissionException>(result.Items[3].Error).Refusals[0].Rule);
    }

    [Fact]
    public async Task Reconcile_WithoutPruning_LeavesWhatIsNotInTheSet()
    {
        await RunAsync(1, Job("a"));

        Assert.Equal("b Created", Text(await _acme.ReconcileAsync(Set(2, Job("b")), new ReconcileOptions { Prunes = false })));
        Assert.NotNull(await _acme.GetAsync("a"));
    }

    [Fact]
    public async Task Reconcile_KeysMissingOrTwice_AreRefusedAtOnce()
    {
        var refused = await Assert.ThrowsAsync<SchedulingValidationException>(() => _acme.ReconcileAsync(Set(1, Job("a"), Job("a"), Job("b") with { Key = null }) with { Name = "" }));

        Assert.Equal(["name", "key", "key"], refused.Errors.Select(static error => error.Field));
        Assert.Empty((await _acme.ListAsync()).Items);
    }

    [Fact]
    public async Task Copy_OfADefinition_BelongsToNoSet()
    {
        await RunAsync(1, Job("a"));

        var copy = await _acme.CreateAsync((await _acme.GetAsync("a"))!.Definition with { Key = "copy" });
        await _acme.EnsureAsync(Job("a") with { Name = "by hand" });

        Assert.Null(copy.Definition.Source);
        Assert.Equal("deploy", (await _acme.GetAsync("a"))!.Definition.Source!.Name);
        Assert.Equal("a Updated", await RunAsync(1, Job("a")));
    }

    private static JobDefinition Job(string key) => new() { Key = key, Executor = "sync", Schedule = Schedule.Interval(Duration.FromHours(1)) };

    private static JobSet Set(long generation, params JobDefinition[] jobs) => new() { Name = "deploy", Generation = generation, Jobs = jobs };

    private async Task<string> RunAsync(long generation, params JobDefinition[] jobs) => Text(await _acme.ReconcileAsync(Set(generation, jobs)));

    private static string Text(ReconcileResult result) => string.Join(", ", result.Items.Select(static item => $"{item.Key} {item.Action}"));
}
