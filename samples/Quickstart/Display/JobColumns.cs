using System.Globalization;
using NodaTime;
using Quickstart.History;
using Scheduling;

namespace Quickstart.Display;

/// <summary>The columns of the jobs, as many and as wide as the screen allows.</summary>
internal sealed class JobColumns(Board board, int width)
{
    private const int TimeWidth = 9;
    private const int UntilWidth = 8;
    private const int RealWidth = 6;
    private const int StatusWidth = 13;
    private const int WideScreen = 120;
    private const int WidestScreen = 160;
    private readonly int _tenant = board.Jobs.Count == 0 ? 8 : Math.Clamp(board.Jobs.Max(static job => Cells.Width(job.Job.Tenant.Value)), 6, 12);
    private readonly int _title = width < 100 ? 15 : 20;
    private readonly int _schedule = width < WidestScreen ? 40 : 56;
    private readonly bool _isWide = width >= WideScreen;

    public StyledLine Line() => new(width);

    public StyledLine Head()
    {
        var line = Line().Add("  ").Column("TENANT", _tenant, Style.Dim).Column("JOB", _title, Style.Dim);
        if (_isWide)
            line.Column("SCHEDULE", _schedule, Style.Dim);
        line.Column("NEXT", TimeWidth, Style.Dim).Column("IN", UntilWidth, Style.Dim, right: true);
        if (_isWide)
            line.Column("REAL", RealWidth, Style.Dim, right: true);
        return line.Add(" NOW, OR LAST RUN", Style.Dim);
    }

    public StyledLine Row(BoardJob job, Board at)
    {
        var line = Line();
        line.Add(job.Running is null ? "  " : "▶ ", Style.Active).Column(job.Job.Tenant.Value, _tenant, Style.Dim).Column(job.Title, _title, job.Running is null ? Style.Plain : Style.Bold);
        if (_isWide)
            line.Column(job.Job.Schedule.Describe(), _schedule, Style.Dim);
        AddNext(line, job.Job, at);
        return AddState(line.Add(" "), job, at);
    }

    /// <summary>A run that has ended, in the columns of its job as far as they are the same.</summary>
    public StyledLine LogRow(RunNews piece)
    {
        var row = piece.Row;
        return Line().Add("  ")
            .Column(row.Tenant.Value, _tenant, Style.Dim)
            .Column(piece.Job.Name ?? piece.Job.Key, _title)
            .Column(TimeText.DayAndMinute(piece.At), TimeWidth, Style.Dim)
            .Column($"{RunText.Mark(row.Status)} {TimeText.Status(row.Status)}", StatusWidth, RunText.StyleOf(row.Status))
            .Add(RunText.Of(piece), row.Status == ExecutionStatus.Skipped ? Style.Dim : Style.Plain);
    }

    private void AddNext(StyledLine line, Job job, Board at)
    {
        if (job.NextRunAt is not { } next)
        {
            var (why, style) = Standstill(job);
            line.Column(why, TimeWidth + 1 + UntilWidth + (_isWide ? RealWidth + 1 : 0), style);
            return;
        }
        var left = Duration.Max(Duration.Zero, next - at.Now);
        line.Column(TimeText.DayAndMinute(next), TimeWidth).Column(TimeText.Short(left), UntilWidth, right: true);
        if (_isWide)
            line.Column(Real(left / at.Speed), RealWidth, Style.Dim, right: true);
    }

    private static (string Why, Style Style) Standstill(Job job) => job.State switch
    {
        JobState.Paused => ("inactive", Style.Dim),
        JobState.Completed => ("completed", Style.Dim),
        JobState.Faulted => ("faulted", Style.Bad),
        JobState.Parked => ("no executor", Style.Bad),
        _ => ("on request only", Style.Dim),
    };

    private StyledLine AddState(StyledLine line, BoardJob job, Board at)
    {
        if (job.Running is { } run)
        {
            if (run.StartedAt < at.Beginning.At)
                return line.Add("cut off, runs again soon", Style.Warn);
            AddBar(line, job.Progress);
            return line.Add($" {TimeText.Short(at.Now - (run.StartedAt ?? at.Now))}");
        }
        if (job.Last is not { } last)
            return line;
        return line.Add($"{RunText.Mark(last.Row.Status)} ", RunText.StyleOf(last.Row.Status))
            .Add($"{TimeText.DayAndMinute(last.At)} ", Style.Dim)
            .Add(_isWide ? RunText.Of(last) : RunText.Shortest(last), last.Row.Status.IsSuccess() ? Style.Plain : RunText.StyleOf(last.Row.Status));
    }

    private void AddBar(StyledLine line, double? progress)
    {
        if (progress is not { } done)
        {
            line.Add("running", Style.Active);
            return;
        }
        var cells = _isWide ? 20 : 12;
        var full = (int)Math.Round(done * cells, MidpointRounding.AwayFromZero);
        line.Add(new string('█', full), Style.Active).Add(new string('░', cells - full), Style.Dim)
            .Add(string.Create(CultureInfo.InvariantCulture, $" {Math.Floor(done * 100),3}%"));
    }

    private static string Real(Duration left) =>
        left < Duration.FromMinutes(1) ? string.Create(CultureInfo.InvariantCulture, $"{left.TotalSeconds:0.0}s") : TimeText.Short(left);
}
