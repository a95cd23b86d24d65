using NodaTime;
using NodaTime.TimeZones;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Conformance;

/// <summary>Zone data change under stored next runs: these follow, nothing runs twice and nothing is left out, also while nodes with older data are about.</summary>
public abstract class ZoneChangeTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    private const string Paris = "Europe/Paris";

    [Fact]
    public async Task Sweep_NewerZonesPutASlotLater_NextRunFollows()
    {
        var job = await NoonAsync();
        await Node("v1").SweepAsync();

        var sweeps = await SweepAllAsync(Node("v2", hours: 0));

        Assert.Equal(("v1", "v2", null), (sweeps[0].ZonesBefore, sweeps[0].Zones, sweeps[0].NewerZones));
        Assert.Equal(1, sweeps.Sum(static sweep => sweep.Revised));
        Assert.Equal(Instant.FromUtc(2026, 3, 2, 11, 0), job.NextRunAt);
        Assert.Equal(job with { NextSlot = Instant.FromUtc(2026, 3, 2, 12, 0), NextRunAt = Instant.FromUtc(2026, 3, 2, 12, 0) }, await ReadAsync("noon"));
        AdvanceTo(Instant.FromUtc(2026, 3, 2, 11, 59));
        Assert.Empty((await Node("v2", hours: 0).ClaimAsync()).Runs);
        AdvanceTo(Instant.FromUtc(2026, 3, 2, 12, 0));
        Assert.Single((await Node("v2", hours: 0).ClaimAsync()).Runs);
    }

    [Fact]
    public async Task Sweep_NewerZonesPutASlotIntoThePast_RunsItLateAndOnce()
    {
        await NoonAsync();
        await Node("v1").SweepAsync();
        Advance(Duration.FromMinutes(30));
        var node = Node("v2", hours: 2);

        await SweepAllAsync(node);

        var run = await node.ClaimOneAsync();
        Assert.Equal(Instant.FromUtc(2026, 3, 2, 10, 0), run.Slots!.Value.Last);
        await node.SucceedAsync(run);
        AdvanceTo(Instant.FromUtc(2026, 3, 2, 11, 0));
        Assert.Empty((await node.ClaimAsync()).Runs);
        Assert.Equal(Instant.FromUtc(2026, 3, 3, 10, 0), (await ReadAsync("noon")).NextRunAt);
    }

    [Fact]
    public async Task Sweep_NewerZonesPutARunSlotEarlier_NeverGoesBelowTheLastSlot()
    {
        await NoonAsync();
        await Node("v1").SweepAsync();
        AdvanceTo(Instant.FromUtc(2026, 3, 2, 11, 0));
        var old = Node("v1");
        await old.SucceedAsync(await old.ClaimOneAsync());

        await SweepAllAsync(Node("v2", hours: 2));

        var job = await ReadAsync("noon");
        Assert.Equal((Instant.FromUtc(2026, 3, 2, 11, 0), Instant.FromUtc(2026, 3, 3, 10, 0)), (job.LastSlot, job.NextSlot));
    }

    [Fact]
    public async Task Sweep_OverdueAndEditedSince_StaysOverdue()
    {
        await NoonAsync();
        await Node("v1").SweepAsync();
        AdvanceTo(Instant.FromUtc(2026, 3, 2, 15, 0));
        await Acme.UpdateAsync("noon", new JobChange { Name = "renamed late" });

        await SweepAllAsync(Node("v2", hours: 0));

        Assert.Equal(Instant.FromUtc(2026, 3, 2, 12, 0), (await Node("v2", hours: 0).ClaimOneAsync()).Slots!.Value.Last);
    }

    [Fact]
    public async Task Sweep_NewerZones_LeavesAllOtherJobsAlone()
    {
        await EveryAsync(Duration.FromMinutes(7), "interval");
        await Acme.CreateAsync(Work.Job("utc", Schedule.Cron("0 12 * * *")));
        await Acme.CreateAsync(Work.Job("berlin", Schedule.Cron("0 12 * * *", "Europe/Berlin")));
        await Acme.CreateAsync(Work.Job("manual", Schedule.Manual));
        await NoonAsync();
        await Acme.PauseAsync("noon");
        await Node("v1").SweepAsync();
        var before = (await Acme.ListAsync()).Items;

        var sweeps = await SweepAllAsync(Node("v2", hours: 0));

        Assert.Equal(0, sweeps.Sum(static sweep => sweep.Revised));
        Assert.Equal(before, (await Acme.ListAsync()).Items);
        Assert.Equal(Instant.FromUtc(2026, 3, 2, 12, 0), (await new JobScheduler(Store, new Zones("v2", 0), Clock).ForTenant("acme").ResumeAsync("noon")).NextRunAt);
    }

    [Fact]
    public async Task Sweep_NewerZonesKnowTheZone_AFaultedJobGoesOnFromNow()
    {
        await NoonAsync();
        var old = Node("v1", hours: null);
        await old.SweepAsync();
        AdvanceTo(Instant.FromUtc(2026, 3, 2, 11, 0));
        Assert.Single((await old.ClaimAsync()).Faults);
        AdvanceTo(Instant.FromUtc(2026, 3, 4, 0, 0));

        await SweepAllAsync(Node("v2"));

        var job = await ReadAsync("noon");
        Assert.Equal((JobState.Active, null, Instant.FromUtc(2026, 3, 4, 11, 0)), (job.State, job.Fault, job.NextRunAt));
    }

    [Fact]
    public async Task Sweep_NodeWithOlderZones_SaysSoAndChangesNothing()
    {
        await NoonAsync();
        await SweepAllAsync(Node("v2", hours: 0));
        var before = await ReadAsync("noon");

        var sweep = await Node("v1").SweepAsync();

        Assert.Equal((null, "v1", "v2", 0), (sweep.ZonesBefore, sweep.Zones, sweep.NewerZones, sweep.Revised));
        Assert.Equal(before, await ReadAsync("noon"));
    }

    [Fact]
    public async Task Sweep_NodesWithOlderZonesAreGone_WhatTheyComputedIsComputedAnew()
    {
        await NoonAsync();
        var (older, newer) = (Node("v1"), Node("v2", hours: 0));
        await older.SweepAsync();
        await SweepAllAsync(newer);
        AdvanceTo(Instant.FromUtc(2026, 3, 2, 12, 0));
        await older.SucceedAsync(await older.ClaimOneAsync());
        await older.SweepAsync();
        Assert.Equal(Instant.FromUtc(2026, 3, 3, 11, 0), (await ReadAsync("noon")).NextRunAt);
        Advance(Duration.FromMinutes(9));
        Assert.Equal(0, (await SweepAllAsync(newer)).Sum(static sweep => sweep.Revised));

        Advance(Duration.FromMinutes(2));
        var sweeps = await SweepAllAsync(newer);

        Assert.Equal((1, null), (sweeps.Sum(static sweep => sweep.Revised), sweeps[0].ZonesBefore));
        Assert.Equal(Instant.FromUtc(2026, 3, 3, 12, 0), (await ReadAsync("noon")).NextRunAt);
        Assert.Equal(0, (await SweepAllAsync(newer)).Sum(static sweep => sweep.Revised));
    }

    [Fact]
    public async Task Sweep_ManyJobs_AreTakenInBatches()
    {
        for (var n = 0; n < 25; n++)
            await NoonAsync($"noon-{n}");
        await Node("v1").SweepAsync();

        var sweeps = await SweepAllAsync(Node("v2", hours: 0), batch: 4);

        Assert.Equal(25, sweeps.Sum(static sweep => sweep.Revised));
        Assert.All((await Acme.ListAsync()).Items, static job => Assert.Equal(Instant.FromUtc(2026, 3, 2, 12, 0), job.NextRunAt));
    }

    [Fact]
    public async Task Sweep_TwoNodesAtOnce_ReviseEachJobOnce()
    {
        for (var n = 0; n < 25; n++)
            await NoonAsync($"noon-{n}");
        await Node("v1").SweepAsync();

        var sweeps = await Task.WhenAll(Task.Run(() => SweepAllAsync(Node("v2", hours: 0), batch: 3)), Task.Run(() => SweepAllAsync(Node("v2", hours: 0), batch: 3)));
        var rest = await SweepAllAsync(Node("v2", hours: 0));

        Assert.Equal(25, sweeps.SelectMany(static each => each).Concat(rest).Sum(static sweep => sweep.Revised));
    }

    /// <summary>Every day at noon in Paris, which is 11:00 UTC.</summary>
    private async Task<Job> NoonAsync(string key = "noon")
    {
        var job = await Acme.CreateAsync(Work.Job(key, Schedule.Cron("0 12 * * *", Paris)));
        Invariants.Reschedules(job);
        return job;
    }

    private TestProcess Node(string version, int? hours = 1) => new(Store, [Work.Executor], Now) { Planner = new(new Zones(version, hours)) };

    /// <summary>Sweeps until nothing is left to do.</summary>
    private static async Task<IReadOnlyList<SweepResponse>> SweepAllAsync(TestProcess node, int batch = 500)
    {
        var sweeps = new List<SweepResponse>();
        do
            sweeps.Add(await node.SweepAsync(node.Sweeping() with { BatchSize = batch }));
        while (sweeps[^1].HasMore);
        return sweeps;
    }

    /// <summary>Zone data of a version, in which Paris has another offset or is not known.</summary>
    private sealed class Zones(string version, int? hours) : IDateTimeZoneProvider
    {
        private readonly DateTimeZone? _paris = hours is { } offset ? DateTimeZone.ForOffset(Offset.FromHours(offset)) : null;

        public string VersionId => version;

        public System.Collections.ObjectModel.ReadOnlyCollection<string> Ids => DateTimeZoneProviders.Tzdb.Ids;

        public DateTimeZone this[string id] => GetZoneOrNull(id) ?? throw new DateTimeZoneNotFoundException(id);

        public DateTimeZone GetSystemDefault() => DateTimeZone.Utc;

        public DateTimeZone? GetZoneOrNull(string id) => string.Equals(id, Paris, StringComparison.Ordinal) ? _paris : DateTimeZoneProviders.Tzdb.GetZoneOrNull(id);
    }
}
