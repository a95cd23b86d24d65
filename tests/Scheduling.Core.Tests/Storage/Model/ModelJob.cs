using NodaTime;
using Scheduling.Policies;

namespace Scheduling.Core.Tests.Storage.Model;

/// <summary>A job as the model knows it. Its slots are whole seconds on a grid, answered for one by one.</summary>
internal sealed class ModelJob(Job job, long every)
{
    public JobId Id { get; } = job.Id;

    public TenantId Tenant { get; } = job.Tenant;

    public string Key { get; } = job.Key;

    public OverlapPolicy Overlap { get; } = job.Definition.Overlap;

    public MisfireMode Misfire { get; } = job.Definition.Misfire.Mode;

    public long Every { get; private set; } = every;

    public bool IsPaused { get; set; }

    /// <summary>The last slot that a row answers for.</summary>
    public long Answered { get; private set; } = job.CreatedAt.ToUnixTimeSeconds();

    public long HighestToken { get; set; }

    /// <summary>The rows as they were seen last.</summary>
    public Dictionary<ExecutionId, Execution> Rows { get; set; } = [];

    /// <summary>From when on the schedule counts.</summary>
    private long From { get; set; } = job.CreatedAt.ToUnixTimeSeconds();

    private long Anchor { get; } = job.CreatedAt.ToUnixTimeSeconds() + every;

    /// <summary>The slot that must be answered for next.</summary>
    public long Next
    {
        get
        {
            var least = Math.Max(Answered + 1, From);
            return Anchor + (Every * (long)Math.Ceiling((least - Anchor) / (double)Every));
        }
    }

    public void Reschedule(long every, Instant now) => (Every, From) = (every, now.ToUnixTimeSeconds());

    /// <summary>A row answers for a stretch of slots: it must begin at the next one, end at one, and count them.</summary>
    public void Answer(SlotRange slots)
    {
        Assert.Equal(Instant.FromUnixTimeSeconds(Next), slots.First);
        var count = 0L;
        while (Next <= slots.Last.ToUnixTimeSeconds())
        {
            Answered = Next;
            count++;
        }
        Assert.Equal((slots.Last.ToUnixTimeSeconds(), slots.Count), (Answered, count));
    }
}
