using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;
using Scheduling.Storage.Rows;

namespace Scheduling.Core.Tests.Storage.Rows;

public sealed class StoredDefinitionTests
{
    private static readonly JobDefinition Plain = new() { Key = "k", Executor = "e", Schedule = Schedule.Manual };

    public static TheoryData<JobDefinition> Definitions =>
    [
        Plain,
        Plain with { Schedule = Schedule.Polling(PollingInterval.OneWeek, hour: 23, dayOfWeek: 6) },
        Plain with { Schedule = Schedule.Cron("H 0 * * *", "Europe/Paris"), SpreadKey = "own \"key\" ö" },
        Plain with { Schedule = Schedule.Interval(Duration.FromMinutes(30)).WithSpread(Duration.FromSeconds(90)), Anchor = Instant.FromUtc(2026, 3, 1, 0, 0).PlusNanoseconds(123_456_789) },
        Plain with { Schedule = Schedule.Once(Instant.FromUtc(2030, 1, 1, 0, 0)), Timeout = Duration.FromNanoseconds(1_500_000_001) },
        Plain with { Misfire = MisfirePolicy.Skip.WithMaximumAge(Duration.FromDays(100_000)), Overlap = OverlapPolicy.QueueOne, Orphans = OrphanPolicy.Abandon },
        Plain with { Source = new JobSource { Name = "deploy \"ö\"", Generation = long.MaxValue } },
        Plain with { Misfire = MisfirePolicy.RunAll(7), Overlap = OverlapPolicy.Allow, Retry = RetryPolicy.Exponential(3, Duration.FromMilliseconds(10), Duration.FromHours(2), factor: 1.7) },
    ];

    [Theory]
    [MemberData(nameof(Definitions))]
    public void TryRead_WhatWriteGave_IsEqual(JobDefinition definition)
    {
        Assert.True(StoredDefinition.TryRead(StoredDefinition.Write(definition), Plain, out var read, out _));

        Assert.Equal(definition, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"v":2,"schedule":{"kind":"manual","v":1}}""")]
    [InlineData("""{"v":1,"schedule":{"kind":"lunar","v":1}}""")]
    [InlineData("""{"v":1,"schedule":{"kind":"manual","v":1},"overlap":9}""")]
    [InlineData("""{"v":1,"schedule":{"kind":"manual","v":1},"overlap":"Skip"}""")]
    [InlineData("""{"v":1,"schedule":{"kind":"manual","v":1},"misfire":{}}""")]
    [InlineData("""{"v":1,"schedule":{"kind":"manual","v":1},"retry":{"retries":0,"first":"0:00:00:01","most":"0:01:00:00","factor":2}}""")]
    [InlineData("""{"v":1,"schedule":{"kind":"manual","v":1},"timeout":"soon"}""")]
    [InlineData("""{"v":1,"schedule":{"kind":"manual","v":1},"anchor":5}""")]
    [InlineData("""{"v":1,"schedule":{"kind":"manual","v":1},"source":{}}""")]
    public void TryRead_DamagedByHand_SaysSoAndDoesNotThrow(string json)
    {
        Assert.False(StoredDefinition.TryRead(json, Plain, out _, out var problem));

        Assert.NotEmpty(problem);
    }
}
