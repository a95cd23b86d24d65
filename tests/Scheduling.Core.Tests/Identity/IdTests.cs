using NodaTime;

namespace Scheduling.Core.Tests.Identity;

/// <summary>Ids are UUIDv7 (RFC 9562): they carry their time and sort by it, and are read back as they were written.</summary>
public class IdTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 4, 15, 30, 20);

    [Fact]
    public void New_IsVersionSevenWithTheMillisecondInFront()
    {
        var bytes = ExecutionId.New(Now + Duration.FromMilliseconds(123)).Value.ToByteArray(bigEndian: true);

        var milliseconds = bytes[..6].Aggregate(0L, static (sum, octet) => (sum << 8) | octet);
        Assert.Equal(Now.ToUnixTimeMilliseconds() + 123, milliseconds);
        Assert.Equal(7, bytes[6] >> 4);
        Assert.Equal(2, bytes[8] >> 6);
    }

    [Fact]
    public void New_LaterTimes_SortLater()
    {
        var ids = Enumerable.Range(0, 1_000).Select(i => JobId.New(Now + Duration.FromTicks(i * 10L))).ToArray();

        Assert.Equal(ids, ids.Order());
        Assert.True(ids[0] < ids[^1] && ids[^1] > ids[0] && ids[0] <= ids[0] && ids[0] >= ids[0]);
    }

    [Fact]
    public void New_SameTimeOnManyThreads_AllDiffer()
    {
        var ids = new System.Collections.Concurrent.ConcurrentBag<Guid>();

        Parallel.For(0, 20_000, _ => ids.Add(JobId.New(Now).Value));

        Assert.Equal(20_000, ids.Distinct().Count());
    }

    [Fact]
    public void New_BeforeTheEpoch_IsStillAnId() => Assert.Equal(7, JobId.New(Instant.MinValue).Value.ToByteArray(bigEndian: true)[6] >> 4);

    [Fact]
    public void Parse_WhatToStringWrote_IsTheSame()
    {
        var (job, execution, owner) = (JobId.New(Now), ExecutionId.New(Now), OwnerId.New(Now));

        Assert.Equal(job, JobId.Parse(job.ToString()));
        Assert.Equal(execution, ExecutionId.Parse(execution.ToString().ToUpperInvariant()));
        Assert.Equal(owner, OwnerId.Parse(owner.Value.ToString("N")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("github")]
    [InlineData("019a9d2e-5c1f-7c3a-9f00-0123456789a")]
    [InlineData("019a9d2e-5c1f-7c3a-9f00-0123456789ab\n\nforged line")]
    public void Parse_NoId_IsRefusedShowingWhatWasGiven(string? text)
    {
        Assert.False(JobId.TryParse(text, out var job));
        Assert.Equal(default, job);
        Assert.False(ExecutionId.TryParse(text, out _));
        Assert.False(OwnerId.TryParse(text, out _));
        var refused = Assert.Throws<FormatException>(() => JobId.Parse(text!));
        Assert.Contains(IdentityText.Shorten(text ?? ""), refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }
}
