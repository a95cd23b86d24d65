using NodaTime;
using Scheduling.Storage;

namespace Scheduling.Core.Tests.Storage;

/// <summary>When a store's next runs are computed anew: newer zone data win, and what nodes with older data leave behind is looked at again.</summary>
public sealed class ZoneWalkTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 10, 0);
    private static JobId First => default;

    [Fact]
    public void Seen_NothingStored_IsTheNodesOwn() => Assert.Equal(Of("2025b"), ZoneWalk.Seen(null, "2025b", Now));

    [Fact]
    public void Seen_SameVersion_IsTheSameInstance()
    {
        var stored = Of("2025b");

        Assert.Same(stored, ZoneWalk.Seen(stored, "2025b", Now));
    }

    [Theory]
    [InlineData("2025b", "2025c")]
    [InlineData("2025b", "2026a")]
    [InlineData("TZDB: 2025b (mapping: a)", "TZDB: 2025c (mapping: a)")]
    public void Seen_NewerNode_BeginsAWalk(string stored, string node)
    {
        var seen = ZoneWalk.Seen(Of(stored) with { OlderSeenAt = Now }, node, Now);

        Assert.Equal((node, First, null), (seen.Version, seen.WalkedTo, seen.OlderSeenAt));
        Assert.Null(seen.NewerThan(node));
    }

    [Fact]
    public void Seen_OlderNode_LeavesANoteOnceAMinuteAndKeepsTheWalk()
    {
        var walking = Of("2025b") with { WalkedTo = First };

        var noted = ZoneWalk.Seen(walking, "2025a", Now);

        Assert.Equal(walking with { OlderSeenAt = Now }, noted);
        Assert.Equal("2025b", noted.NewerThan("2025a"));
        Assert.Same(noted, ZoneWalk.Seen(noted, "2025a", Now + Duration.FromSeconds(59)));
        Assert.Equal(Now + Duration.FromMinutes(1), ZoneWalk.Seen(noted, "2025a", Now + Duration.FromMinutes(1)).OlderSeenAt);
        Assert.Equal(Now - Duration.FromHours(1), ZoneWalk.Seen(noted, "2025a", Now - Duration.FromHours(1)).OlderSeenAt);
    }

    [Fact]
    public void Seen_OlderNodesGoneForAWhile_BeginsTheWalkAgain()
    {
        var noted = Of("2025b") with { OlderSeenAt = Now };

        Assert.Same(noted, ZoneWalk.Seen(noted, "2025b", Now + ZoneWalk.Quiet - Duration.Epsilon));
        Assert.Equal(Of("2025b") with { WalkedTo = First }, ZoneWalk.Seen(noted, "2025b", Now + ZoneWalk.Quiet));
    }

    private static ZoneWalk Of(string version) => new() { Version = version };
}
