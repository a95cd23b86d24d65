using NodaTime;
using Scheduling.Running;
using Scheduling.Storage;
using Scheduling.Testing;

namespace Scheduling.Tests.Running;

/// <summary>When the next claim goes out, by what the ones before have found.</summary>
public class ClaimScheduleTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 0, 0);

    private readonly ManualTimeProvider _time = new(Start);
    private readonly MonotonicClock _clock;
    private readonly ClaimSchedule _schedule;

    public ClaimScheduleTests()
    {
        _clock = new MonotonicClock(_time);
        _schedule = new ClaimSchedule(new EngineOptions(), new StoreCapabilities { SendsWakes = true, OverlapsClaims = true }, _clock);
    }

    /// <summary>A lease that began and ended between two looks was never seen: after a time in which that can be, somebody must sweep.</summary>
    [Theory]
    [InlineData(30, false)]
    [InlineData(40, false)]
    [InlineData(41, true)]
    public void Answered_NothingFound_MayBeStuckAfterALongGap(int seconds, bool mayBeStuck)
    {
        _schedule.Answered(Nothing(), Send(), unasked: 256);
        _time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(mayBeStuck, _schedule.Answered(Nothing(), Send(), unasked: 256));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Answered_OlderClaimFoundNothing_WhatTheYoungerLeftIsNotForgotten(bool hasMore)
    {
        var older = Send();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        var younger = Send();
        _schedule.Answered(Nothing() with { HasMore = hasMore, LacksPlaces = !hasMore }, younger, unasked: 0);

        _schedule.Answered(Nothing(), older, unasked: 0);

        Assert.True(_schedule.ExpectsMore);
    }

    [Fact]
    public void Answered_YoungerClaimFoundNothing_NothingIsExpected()
    {
        var older = Send();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        var younger = Send();
        _schedule.Answered(Nothing() with { HasMore = true, LacksPlaces = true }, older, unasked: 0);

        _schedule.Answered(Nothing(), younger, unasked: 0);

        Assert.False(_schedule.ExpectsMore);
    }

    [Fact]
    public void Answered_OverlappingClaims_NextLookIsTheEarlier()
    {
        _schedule.Sending(isAlone: true);
        var (older, younger) = (Send(), Send());
        _schedule.Answered(Nothing() with { NextWake = Start + Duration.FromSeconds(3) }, younger, unasked: 256);

        _schedule.Answered(Nothing() with { NextWake = Start + Duration.FromSeconds(9) }, older, unasked: 256);

        Assert.Equal(Duration.FromSeconds(3), _clock.Between(_clock.Now, _schedule.Next(free: 256)));
    }

    private ClaimFlight Send() => new(1, _clock.Now, _clock.Now, IsBeside: false, new AskedPlaces(128, 128, IsNarrowed: false, []), [], Task.FromResult(Nothing()));

    private ClaimResponse Nothing() => new() { StoreNow = Start, LeaseUntil = Start + Duration.FromSeconds(30), Runs = [] };
}
