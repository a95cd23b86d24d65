namespace Scheduling.Running;

/// <summary>Numbers the claims of a process, several of which may be on their way at once. A claim that failed is repeated with its number, before new numbers are given out.</summary>
/// <remarks>Not thread-safe: the tick's alone.</remarks>
internal sealed class ClaimNumbers
{
    private readonly SortedSet<long> _underway = [];
    private readonly SortedSet<long> _failed = [];
    private long _last;

    /// <summary>The last claim that was answered, with all before it: what a process does not know of these is lost to it.</summary>
    public long AnsweredThrough => Math.Min(Least(_underway), Least(_failed)) - 1;

    /// <summary>Whether any claim was answered.</summary>
    public bool IsAnyAnswered { get; private set; }

    /// <summary>The number of a claim that goes out now.</summary>
    public long Take()
    {
        var number = _failed.Count > 0 ? _failed.Min : ++_last;
        _failed.Remove(number);
        _underway.Add(number);
        return number;
    }

    /// <summary>A claim was answered.</summary>
    public void Answered(long number)
    {
        _underway.Remove(number);
        IsAnyAnswered = true;
    }

    /// <summary>A claim failed, or its answer was lost: whether it was made is not known.</summary>
    public void Failed(long number)
    {
        _underway.Remove(number);
        _failed.Add(number);
    }

    private long Least(SortedSet<long> numbers) => numbers.Count > 0 ? numbers.Min : _last + 1;
}
