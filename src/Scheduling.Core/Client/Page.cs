namespace Scheduling;

/// <summary>One page of a longer list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class Page<T>
{
    internal Page(IReadOnlyList<T> items, string? cursor) => (Items, Cursor) = (items, cursor);

    /// <summary>The items.</summary>
    public IReadOnlyList<T> Items { get; }

    /// <summary>Where the next page begins: hand it to the same call with the same question. Null on the last page. Opaque; keep nothing of its content.</summary>
    public string? Cursor { get; }

    /// <summary>Whether there is a next page.</summary>
    public bool HasNextPage => Cursor is not null;
}
