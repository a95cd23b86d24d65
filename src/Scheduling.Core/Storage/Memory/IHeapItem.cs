namespace Scheduling.Storage;

/// <summary>An item of a <see cref="MinHeap{T}"/>, which keeps the item's place in it.</summary>
internal interface IHeapItem
{
    /// <summary>The place in the heap from 1; 0 outside.</summary>
    int HeapPlace { get; set; }
}
