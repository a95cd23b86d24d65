using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Scheduling.TestKit.Services;

namespace PollingService.Tests;

/// <summary>Contract A over HTTP: what an interval and an override mean, on the clock. Tests begin on Wednesday 2026-03-04 at 15:30:20.</summary>
public abstract class PollingTests<TStore>(SharedService<TStore> shared) : IClassFixture<SharedService<TStore>>
    where TStore : IServiceStore, new()
{
    /// <summary>How many weeks the weekly instances live; ten years unless a store is too slow for it.</summary>
    protected virtual int Weeks => 522;

    [Theory]
    [InlineData("ONE_DAY", """{"hour":0}""", "2026-03-05T00:00:00Z", 60)]
    [InlineData("ONE_DAY", """{"dayOfWeek":0}""", "2026-03-05T15:30:20Z", 0)]
    [InlineData("ONE_DAY", """{"hour":0,"dayOfWeek":0}""", "2026-03-05T00:00:00Z", 60)]
    [InlineData("ONE_DAY", "{}", "2026-03-05T15:30:20Z", 0)]
    [InlineData("ONE_DAY", "null", "2026-03-05T15:30:20Z", 0)]
    [InlineData("ONE_DAY", null, "2026-03-05T15:30:20Z", 0)]
    [InlineData("ONE_WEEK", """{"hour":0}""", "2026-03-11T00:00:00Z", 60)]
    [InlineData("ONE_WEEK", """{"dayOfWeek":0}""", "2026-03-08T15:30:20Z", 0)]
    [InlineData("ONE_WEEK", """{"hour":0,"dayOfWeek":0}""", "2026-03-08T00:00:00Z", 60)]
    [InlineData("ONE_WEEK", "{}", "2026-03-11T15:30:20Z", 0)]
    [InlineData("ONE_WEEK", "null", "2026-03-11T15:30:20Z", 0)]
    [InlineData("ONE_WEEK", null, "2026-03-11T15:30:20Z", 0)]
    public async Task SixInputs_Differ_AndComeBackAsGiven(string interval, string? pin, string from, int minutes)
    {
        var member = pin is null ? "" : $$""","pollingIntervalCronExpression":{{pin}}""";

        var created = await shared.Service.CreateAsync($$"""{"name":"six","pollingInterval":"{{interval}}"{{member}}}""");

        var begin = InstantPattern.ExtendedIso.Parse(from).Value;
        Assert.InRange(Service.TimeOf(created["nextRun"])!.Value, begin, begin + Duration.FromMinutes(minutes));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(pin ?? "null"), created["pollingIntervalCronExpression"]), created.ToJsonString());
        Assert.Equal(created.ToJsonString(), (await shared.Service.ReadAsync(created)).ToJsonString());
    }

    [Fact]
    public async Task FourHours_WithAnHour_RunsSixTimesADay_AndOneDayAppliesTheKeptHour()
    {
        var runs = new List<Instant>();
        await using var service = await Service.StartAsync<TStore>((run, _) =>
        {
            runs.Add(run.ScheduledFor!.Value);
            return default;
        });
        var instance = await service.CreateAsync("""{"name":"a","pollingInterval":"FOUR_HOURS","pollingIntervalCronExpression":{"hour":7}}""");
        for (var n = 0; n < 12; n++)
            await service.RunNextAsync(instance);

        var daily = await service.UpdateAsync(instance, """{"pollingInterval":"ONE_DAY"}""");

        var day = ServiceServer.Begin + Duration.FromDays(1);
        Assert.Equal(6, runs.Count(slot => slot > ServiceServer.Begin && slot <= day));
        Assert.Equal(6, runs.Count(slot => slot > day && slot <= day + Duration.FromDays(1)));
        Assert.Equal(7, (int)daily["pollingIntervalCronExpression"]!["hour"]!);
        Assert.StartsWith("2026-03-07T07:", (string?)daily["nextRun"], StringComparison.Ordinal);
        await service.RunNextAsync(instance);
        Assert.Equal(Instant.FromUtc(2026, 3, 7, 7, 0), runs[^1]);
    }

    [Fact]
    public async Task HourTwentyThreeOnSaturday_EndsOnSunday()
    {
        Instant? ran = null;
        await using var service = await Service.StartAsync<TStore>((run, _) =>
        {
            ran = run.StartedAt;
            return default;
        });
        var instance = await service.CreateAsync("""{"name":"a","pollingInterval":"ONE_WEEK","pollingIntervalCronExpression":{"hour":23,"dayOfWeek":6}}""");
        var (begin, end) = (Instant.FromUtc(2026, 3, 7, 23, 0), Instant.FromUtc(2026, 3, 8, 0, 0));

        Assert.InRange(Service.TimeOf(instance["nextRun"])!.Value, begin, end);
        await service.RunNextAsync(instance);
        Assert.InRange(ran!.Value, begin, end);
        Assert.InRange((await service.NextRunAsync(instance))!.Value, begin + Duration.FromDays(7), end + Duration.FromDays(7));
    }

    [Theory]
    [InlineData("""{"name":"a","pollingInterval":"ONE_WEEK","pollingIntervalCronExpression":{"hour":4,"dayOfWeek":0}}""")]
    [InlineData("""{"name":"a","pollingInterval":"ONE_WEEK"}""")]
    public async Task OneWeek_OverYears_RunsOnceInEverySevenDays(string body)
    {
        var slots = new List<Instant>();
        await using var service = await Service.StartAsync<TStore>((run, _) =>
        {
            Assert.Equal(0, run.MissedCount);
            slots.Add(run.ScheduledFor!.Value);
            return default;
        });
        var instance = await service.CreateAsync(body);

        for (var n = 0; n < Weeks; n++)
            await service.RunNextAsync(instance);

        Assert.Equal(Weeks, slots.Count);
        Assert.All(slots.Zip(slots.Skip(1)), static pair => Assert.Equal(Duration.FromDays(7), pair.Second - pair.First));
    }

    [Fact]
    public async Task Unpinned_KeepsThePhaseOfItsFirstRun_ThroughLateRunsAndChanges()
    {
        await using var service = await Service.StartAsync<TStore>();
        var instance = await service.CreateAsync("""{"name":"a","pollingInterval":"ONE_DAY"}""");
        await service.RunNextAsync(instance);
        await service.Server.LeapAsync(Instant.FromUtc(2026, 3, 9, 3, 0));

        await service.UpdateAsync(instance, """{"pollingInterval":"FOUR_HOURS"}""");
        await service.UpdateAsync(instance, """{"pollingInterval":"ONE_DAY","pollingIntervalCronExpression":{"hour":2}}""");
        var restored = await service.UpdateAsync(instance, """{"pollingIntervalCronExpression":null}""");

        Assert.Equal("2026-03-09T15:30:20Z", (string?)restored["nextRun"]);
    }

    [Fact]
    public async Task Disabled_IsNeverScheduled_AndAnIntervalAfterwardsStartsNoStorm()
    {
        var runs = 0;
        await using var service = await Service.StartAsync<TStore>((_, _) =>
        {
            Interlocked.Increment(ref runs);
            return default;
        });
        var instance = await service.CreateAsync("""{"name":"a","pollingInterval":"FIFTEEN_MINUTES"}""");
        var disabled = await service.UpdateAsync(instance, """{"pollingInterval":"DISABLED"}""");
        await service.Server.LeapAsync(ServiceServer.Begin + Duration.FromDays(30));
        Assert.Equal((null, 0), ((string?)disabled["nextRun"], runs));

        await service.UpdateAsync(instance, """{"pollingInterval":"FIFTEEN_MINUTES"}""");
        await service.Server.AdvanceAsync(Duration.FromMinutes(3));

        Assert.Equal(0, runs);
        await service.RunNextAsync(instance);
        Assert.Equal(1, runs);
    }

    [Theory]
    [InlineData("FIFTEEN_MINUTES", 15)]
    [InlineData("THIRTY_MINUTES", 30)]
    [InlineData("ONE_HOUR", 60)]
    [InlineData("FOUR_HOURS", 240)]
    [InlineData("EIGHT_HOURS", 480)]
    [InlineData("TWELVE_HOURS", 720)]
    public async Task OtherIntervals_DisregardTheOverride_AndKeepIt(string interval, int minutes)
    {
        var created = await shared.Service.CreateAsync($$$"""{"name":"other","pollingInterval":"{{{interval}}}","pollingIntervalCronExpression":{"hour":3,"dayOfWeek":2}}""");

        Assert.Equal(ServiceServer.Begin + Duration.FromMinutes(minutes), Service.TimeOf(created["nextRun"]));
        Assert.Equal("""{"hour":3,"dayOfWeek":2}""", created["pollingIntervalCronExpression"]!.ToJsonString());
    }

    [Fact]
    public async Task Rename_KeepsTheNextRun()
    {
        var instance = await shared.Service.CreateAsync("""{"name":"a","pollingInterval":"ONE_DAY","pollingIntervalCronExpression":{"hour":9}}""");

        var renamed = await shared.Service.UpdateAsync(instance, """{"name":"b"}""");

        Assert.Equal(("b", (string?)instance["nextRun"]), ((string?)renamed["name"], (string?)renamed["nextRun"]));
    }
}
