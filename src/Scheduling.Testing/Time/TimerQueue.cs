namespace Scheduling.Testing;

/// <summary>Armed timers, the next one first: a binary heap in which each timer knows its place.</summary>
internal sealed class TimerQueue
{
    private ManualTimer[] _timers = new ManualTimer[16];

    public int Count { get; private set; }

    public ManualTimer? Next => Count == 0 ? null : _timers[0];

    public ReadOnlySpan<ManualTimer> All => _timers.AsSpan(0, Count);

    public void Add(ManualTimer timer)
    {
        if (Count == _timers.Length)
            Array.Resize(ref _timers, 2 * Count);
        Rise(timer, Count++);
    }

    public void Remove(ManualTimer timer)
    {
        var place = timer.Place;
        if (place < 0)
            return;
        timer.Place = -1;
        var last = _timers[--Count];
        _timers[Count] = null!;
        if (last == timer)
            return;
        Sink(last, place);
        Rise(last, last.Place);
    }

    private void Rise(ManualTimer timer, int place)
    {
        while (place > 0 && timer.IsBefore(_timers[(place - 1) / 2]))
        {
            Put(_timers[(place - 1) / 2], place);
            place = (place - 1) / 2;
        }
        Put(timer, place);
    }

    private void Sink(ManualTimer timer, int place)
    {
        for (var child = (2 * place) + 1; child < Count; child = (2 * place) + 1)
        {
            if (child + 1 < Count && _timers[child + 1].IsBefore(_timers[child]))
                child++;
            if (timer.IsBefore(_timers[child]))
                break;
            Put(_timers[child], place);
            place = child;
        }
        Put(timer, place);
    }

    private void Put(ManualTimer timer, int place)
    {
        _timers[place] = timer;
        timer.Place = place;
    }
}
