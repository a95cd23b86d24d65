namespace Scheduling.Testing;

/// <summary>What happened in a harness, line by line; the latest lines are kept.</summary>
/// <remarks>Thread-safe. Lines are written as text only when somebody reads them.</remarks>
public sealed class Transcript
{
    private readonly Lock _lock = new();
    private readonly Dictionary<JobId, string> _names = [];
    private readonly List<TranscriptEntry> _entries = [];
    private readonly int _most;
    private readonly Action<string>? _writeLine;
    private long _count;
    private bool _isClosed;

    internal Transcript(int most, Action<string>? writeLine)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        (_most, _writeLine) = (most, writeLine);
    }

    /// <summary>How many lines there were, those included that are not kept any more.</summary>
    public long Count
    {
        get
        {
            lock (_lock)
                return _count;
        }
    }

    /// <summary>The kept lines, oldest first.</summary>
    /// <param name="last">How many of the latest to take at most.</param>
    /// <returns>The lines: time, node, what happened.</returns>
    public IReadOnlyList<string> Lines(int last = int.MaxValue)
    {
        lock (_lock)
            return [.. Entries().TakeLast(last).Select(entry => TranscriptText.Line(entry, NameOf))];
    }

    /// <summary>The kept lines about one job, and those about no job, oldest first.</summary>
    /// <param name="tenant">The job's tenant.</param>
    /// <param name="job">The job's key.</param>
    /// <param name="last">How many of the latest to take at most.</param>
    /// <returns>The lines.</returns>
    public IReadOnlyList<string> LinesOf(string tenant, string job, int last = int.MaxValue)
    {
        var name = $"{tenant}/{job}";
        lock (_lock)
            return [.. Entries().Where(entry => entry.JobId is not { } id || string.Equals(NameOf(id), name, StringComparison.Ordinal)).TakeLast(last).Select(entry => TranscriptText.Line(entry, NameOf))];
    }

    /// <summary>The kept lines as one text.</summary>
    /// <returns>The text, a line each.</returns>
    public override string ToString() => string.Join(Environment.NewLine, Lines());

    internal void Know(JobId id, TenantId tenant, string key)
    {
        lock (_lock)
        {
            if (!_names.ContainsKey(id))
                _names.Add(id, $"{tenant}/{key}");
        }
    }

    /// <summary>What happens from here on is the end of the harness and no part of the test.</summary>
    internal void Close()
    {
        lock (_lock)
            _isClosed = true;
    }

    internal void Add(in TranscriptEntry entry)
    {
        lock (_lock)
        {
            if (_isClosed)
                return;
            if (_entries.Count < _most)
                _entries.Add(entry);
            else
                _entries[(int)(_count % _most)] = entry;
            _count++;
            _writeLine?.Invoke(TranscriptText.Line(entry, NameOf));
        }
    }

    private IEnumerable<TranscriptEntry> Entries()
    {
        var first = _entries.Count < _most ? 0 : (int)(_count % _most);
        return _entries.Skip(first).Concat(_entries.Take(first));
    }

    private string NameOf(JobId id) => _names.GetValueOrDefault(id) ?? $"job {id}";
}
