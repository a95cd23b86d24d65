using NodaTime;
using Quickstart.History;
using Quickstart.Storage;

namespace Quickstart.Display;

/// <summary>Everything there is to show at one moment.</summary>
internal sealed record Board
{
    /// <summary>What the clock shows.</summary>
    public required Instant Now { get; init; }

    /// <summary>What there was before this start, and where everything is kept.</summary>
    public required Beginning Beginning { get; init; }

    public required int Speed { get; init; }

    public required IReadOnlyList<BoardJob> Jobs { get; init; }

    /// <summary>What has ended since the board before, oldest first; at first what the store has of earlier starts.</summary>
    public required IReadOnlyList<RunNews> News { get; init; }

    /// <summary>All that has ended so far.</summary>
    public required RunTotals Totals { get; init; }

    /// <summary>What comes next for the program, in real time: "12 s left".</summary>
    public required string Outlook { get; init; }
}
