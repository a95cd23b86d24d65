namespace Scheduling.Storage;

/// <summary>An item of a <see cref="MinHeap{T}"/>, which keeps the item's place in it. A class and no interface: a heap writes the place of every item that it moves.</summary>
internal abstract class HeapItem
{
    /// <summary>The place in the heap from 1; 0 outside.</summary>
    public int HeapPlace { get; set; }
}
