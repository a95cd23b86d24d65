namespace Scheduling.Testing;

/// <summary>What can go on now: runs that were claimed, and store calls that gave way to others. In the order it came, or in an order drawn by chance.</summary>
internal sealed class ReadyWork(Random? order)
{
    private readonly Lock _lock = new();
    private readonly List<(HarnessNode? Node, object Work)> _items = [];
    private int _head;

    public int Count
    {
        get
        {
            lock (_lock)
                return _items.Count - _head;
        }
    }

    public void Add(HarnessNode? node, object work)
    {
        lock (_lock)
            _items.Add((node, work));
    }

    /// <summary>Takes an item; a frozen node's stay, a lost node's are dropped.</summary>
    public object? Take()
    {
        lock (_lock)
        {
            Drop();
            if (order is null)
                return TakeFirst();
            var able = Enumerable.Range(_head, _items.Count - _head).Where(i => CanGoOn(_items[i].Node)).ToArray();
            return able.Length == 0 ? null : TakeAt(able[order.Next(able.Length)]);
        }
    }

    private static bool CanGoOn(HarnessNode? node) => node is null or { StandsStill: false };

    private object? TakeFirst()
    {
        for (var i = _head; i < _items.Count; i++)
        {
            if (CanGoOn(_items[i].Node))
                return TakeAt(i);
        }
        return null;
    }

    private object TakeAt(int place)
    {
        var work = _items[place].Work;
        if (place == _head)
            _items[_head++] = default;
        else
            _items.RemoveAt(place);
        if (_head != _items.Count)
            return work;
        _items.Clear();
        _head = 0;
        return work;
    }

    private void Drop()
    {
        for (var i = _items.Count - 1; i >= _head; i--)
        {
            if (_items[i].Node is { IsGone: true })
                _items.RemoveAt(i);
        }
    }
}
