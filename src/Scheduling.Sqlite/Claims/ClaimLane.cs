using NodaTime;

namespace Scheduling.Sqlite;

/// <summary>One executor in a claim: its free places, and its turns in line, fetched in pieces.</summary>
internal sealed class ClaimLane(string executor, int free, TurnTable turns, Instant now)
{
    private const int Piece = 64;

    private Queue<TurnRow> _line = new();
    private Instant _behindAt = Instant.MinValue;
    private long _behindPlace = long.MinValue;
    private bool _isAtEnd;

    public string Executor { get; } = executor;

    public int Free { get; set; } = free;

    /// <summary>How many turns are known to wait, the first one included.</summary>
    public int Waiting => _line.Count;

    /// <summary>The turn that has waited longest; null when none waits. Each is met once, unless it is served and goes to the end of the line.</summary>
    public TurnRow? Peek()
    {
        if (_line.Count == 0 && !_isAtEnd)
            Fetch();
        return _line.TryPeek(out var first) ? first : null;
    }

    public TurnRow Take()
    {
        var turn = _line.Dequeue();
        (_behindAt, _behindPlace) = (turn.TurnAt!.Value, turn.Place);
        return turn;
    }

    /// <summary>A turn was put to the end of the line: it can be met again.</summary>
    public void NoteRequeued() => _isAtEnd = false;

    private void Fetch()
    {
        _line = turns.InLine(Executor, _behindAt, _behindPlace, now, Piece);
        _isAtEnd = _line.Count < Piece;
    }
}
