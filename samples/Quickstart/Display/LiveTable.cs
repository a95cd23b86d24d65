using System.Globalization;
using Quickstart.History;

namespace Quickstart.Display;

/// <summary>The board as a screen: a header, a row for each job, and below it the last runs.</summary>
internal sealed class LiveTable(Terminal terminal, Func<(int Width, int Height)> size) : IDisplay
{
    private const int HeaderRows = 3;
    private const int LeastLogRows = 5;
    private const int LongestLog = 200;
    private readonly List<RunNews> _log = [];

    public void Show(Board board)
    {
        _log.InsertRange(0, board.News.Reverse());
        if (_log.Count > LongestLog)
            _log.RemoveRange(LongestLog, _log.Count - LongestLog);
        var (width, height) = size();
        terminal.Draw(Lines(board, width, height));
    }

    public void Dispose() => terminal.Dispose();

    /// <summary>The lines of the screen: as many as it has, none wider than it is.</summary>
    internal List<StyledLine> Lines(Board board, int width, int height)
    {
        List<StyledLine> lines = [Title(board, width), Summary(board, width), new StyledLine(width).Add(" " + board.Beginning.Text, Style.Dim)];
        var columns = new JobColumns(board, width);
        AddJobs(lines, board, columns, height);
        AddLog(lines, columns, height);
        while (lines.Count < height)
            lines.Add(new StyledLine(width));
        return lines[..height];
    }

    private static StyledLine Title(Board board, int width)
    {
        var clock = string.Create(CultureInfo.InvariantCulture, $"{TimeText.Full(board.Now)} UTC  {board.Speed}x ");
        var line = new StyledLine(width);
        return line.Add(Cells.Fit(" Scheduling quickstart", line.Left - clock.Length), Style.Title).Add(clock, Style.Title).Fill(Style.Title);
    }

    private static StyledLine Summary(Board board, int width)
    {
        var line = new StyledLine(width);
        var running = board.Jobs.Count(static job => job.Running is not null);
        line.Add(" ");
        Count(line, running, "running", Style.Active);
        Count(line, board.Totals.Succeeded, "succeeded", Style.Good);
        Count(line, board.Totals.Failed, "failed", Style.Bad);
        Count(line, board.Totals.Skipped, "skipped", Style.Warn);
        Count(line, board.Totals.Missed, "missed", Style.Warn);
        return line.Add(Cells.Fit(board.Outlook + " ", line.Left, right: true), Style.Dim);
    }

    // A zero needs no colour.
    private static void Count(StyledLine line, long count, string what, Style style) =>
        line.Add(count.ToString(CultureInfo.InvariantCulture), count > 0 ? style : Style.Dim).Add($" {what}   ", count > 0 ? Style.Plain : Style.Dim);

    private static void AddJobs(List<StyledLine> lines, Board board, JobColumns columns, int height)
    {
        var room = Math.Max(2, height - HeaderRows - 1 - LeastLogRows);
        lines.Add(columns.Head());
        if (board.Jobs.Count <= room)
        {
            lines.AddRange(board.Jobs.Select(job => columns.Row(job, board)));
            return;
        }
        // Too many for the screen: those come first that something is going on with, or will soon.
        var soonest = board.Jobs.OrderBy(static job => job.Running is null).ThenBy(static job => job.Job.NextRunAt ?? NodaTime.Instant.MaxValue).ToList();
        lines.AddRange(soonest.Take(room - 1).Select(job => columns.Row(job, board)));
        lines.Add(columns.Line().Add(string.Create(CultureInfo.InvariantCulture, $"  and {board.Jobs.Count - room + 1} more jobs"), Style.Dim));
    }

    private void AddLog(List<StyledLine> lines, JobColumns columns, int height)
    {
        if (height - lines.Count < 3)
            return;
        lines.Add(columns.Line());
        lines.Add(columns.Line().Add("  LAST RUNS", Style.Dim));
        lines.AddRange(_log.Take(height - lines.Count).Select(columns.LogRow));
    }
}
