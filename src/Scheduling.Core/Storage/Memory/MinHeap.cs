namespace Scheduling.Storage;

/// <summary>A binary heap whose items know their place, so that one can be moved or removed without a search. Ties go to the smaller tie-breaker.</summary>
internal sealed class MinHeap<T>
    where T : HeapItem
{
    private Node[] _nodes = [];

    public int Count { get; private set; }

    public T? Peek => Count == 0 ? null : _nodes[0].Item;

    public long PeekKey => Count == 0 ? long.MaxValue : _nodes[0].Key;

    /// <summary>Whether the first item comes before that of another heap; both must have one.</summary>
    public bool IsBefore(MinHeap<T> other) => _nodes[0].IsBefore(other._nodes[0]);

    /// <summary>Puts an item in, or moves it to its new key; <see cref="long.MaxValue"/> takes it out.</summary>
    public void Set(T item, long key, long tie = 0)
    {
        if (key == long.MaxValue)
        {
            Remove(item);
            return;
        }
        var place = item.HeapPlace - 1;
        if (place < 0)
        {
            if (Count == _nodes.Length)
                Array.Resize(ref _nodes, Math.Max(4, Count * 2));
            place = Count++;
            Up(place, new Node(key, tie, item));
            return;
        }
        var node = new Node(key, tie, item);
        if (node.IsBefore(_nodes[place]))
            Up(place, node);
        else
            Down(place, node);
    }

    public void Remove(T item)
    {
        var place = item.HeapPlace - 1;
        if (place < 0)
            return;
        item.HeapPlace = 0;
        var last = _nodes[--Count];
        _nodes[Count] = default;
        if (place == Count)
            return;
        if (place > 0 && last.IsBefore(_nodes[(place - 1) / 2]))
            Up(place, last);
        else
            Down(place, last);
    }

    /// <summary>Visits every item whose key is not above a bound, in no order, until the visitor says stop.</summary>
    public void VisitUpTo(long bound, Func<T, bool> visit) => Visit(0, bound, visit);

    private bool Visit(int place, long bound, Func<T, bool> visit) =>
        place >= Count || _nodes[place].Key > bound
        || (visit(_nodes[place].Item) && Visit((2 * place) + 1, bound, visit) && Visit((2 * place) + 2, bound, visit));

    private void Up(int place, Node node)
    {
        while (place > 0)
        {
            var parent = (place - 1) / 2;
            if (!node.IsBefore(_nodes[parent]))
                break;
            Put(place, _nodes[parent]);
            place = parent;
        }
        Put(place, node);
    }

    private void Down(int place, Node node)
    {
        while (true)
        {
            var child = (2 * place) + 1;
            if (child >= Count)
                break;
            if (child + 1 < Count && _nodes[child + 1].IsBefore(_nodes[child]))
                child++;
            if (!_nodes[child].IsBefore(node))
                break;
            Put(place, _nodes[child]);
            place = child;
        }
        Put(place, node);
    }

    private void Put(int place, Node node)
    {
        _nodes[place] = node;
        node.Item.HeapPlace = place + 1;
    }

    private readonly struct Node(long key, long tie, T item)
    {
        public readonly long Key = key;
        public readonly long Tie = tie;
        public readonly T Item = item;

        public bool IsBefore(in Node other) => Key < other.Key || (Key == other.Key && Tie < other.Tie);
    }
}
