using NodaTime;

namespace Scheduling.Promise;

/// <summary>The slots of one job that runs every so many seconds, and which of them have a row: each is answered for once, and none is left out.</summary>
internal sealed class SlotLedger(Instant createdAt, long every)
{
    private readonly long _anchor = createdAt.ToUnixTimeSeconds() + every;
    private long _answered = createdAt.ToUnixTimeSeconds();
    private long _from = createdAt.ToUnixTimeSeconds();

    public long Every { get; private set; } = every;

    /// <summary>The slot that must be answered for next.</summary>
    public Instant Next
    {
        get
        {
            var least = Math.Max(_answered + 1, _from);
            return Instant.FromUnixTimeSeconds(_anchor + (Every * (long)Math.Ceiling((least - _anchor) / (double)Every)));
        }
    }

    /// <summary>The last slot that was answered for.</summary>
    public Instant Answered => Instant.FromUnixTimeSeconds(_answered);

    /// <summary>The schedule is another from now on.</summary>
    public void Reschedule(long every, Instant now)
    {
        Every = every;
        _from = now.ToUnixTimeSeconds();
    }

    /// <summary>A row answers for a stretch of slots: it must begin at the next one, end at one, and count them.</summary>
    public void Answer(SlotRange slots)
    {
        if (slots.First != Next)
            Assert.Fail($"Slot {Next} is to be answered for next, and there is a row for {slots.First} - {slots.Last}: {(slots.First < Next ? "one is answered for twice" : "one was left out")}.");
        var count = 0L;
        while (Next <= slots.Last)
        {
            _answered = Next.ToUnixTimeSeconds();
            count++;
        }
        if ((Answered, count) != (slots.Last, slots.Count))
            Assert.Fail($"{slots} was to end at a slot and count its slots: it holds {count} until {Answered}.");
    }
}
