using System.Text.RegularExpressions;
using NodaTime;
using Quickstart.Display;
using Quickstart.History;
using Quickstart.Storage;
using Scheduling;
using Scheduling.Schedules;

namespace Quickstart.Tests.Display;

public sealed partial class LiveTableTests : IDisposable
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 1, 0, 12, 33);
    private readonly StringWriter _output = new();
    private readonly List<Terminal> _terminals = [];

    public void Dispose()
    {
        _terminals.ForEach(static terminal => terminal.Dispose());
        _output.Dispose();
    }

    [Theory]
    [InlineData(80, 24)]
    [InlineData(140, 40)]
    [InlineData(200, 60)]
    [InlineData(60, 14)]
    [InlineData(20, 6)]
    [InlineData(1, 1)]
    public void Lines_OfAnySize_FillTheScreenAndNoMore(int width, int height)
    {
        foreach (var jobs in new[] { 0, 1, 12, 100 })
        {
            var lines = Table(width, height).Lines(BoardOf(jobs), width, height);
            Assert.Equal(height, lines.Count);
            Assert.All(lines, line => Assert.InRange(Cells.Width(Text(line)), 0, width));
        }
    }

    [Fact]
    public void Lines_OfAnOrdinaryTerminal_ShowClockTotalsAndJobs()
    {
        var text = string.Join('\n', Table(80, 24).Lines(BoardOf(3), 80, 24).Select(Text));
        Assert.Contains("Sun 2026-03-01 00:12:33 UTC  1440x", text, StringComparison.Ordinal);
        Assert.Contains("1 running   7 succeeded   2 failed   3 skipped   0 missed", text, StringComparison.Ordinal);
        Assert.Contains(" goes on with quickstart.db: 34 runs before, 2 cut off, to run again", text, StringComparison.Ordinal);
        Assert.Contains("  acme   Job 0           Sun 01:12    1h00m  ✓ Sun 00:02 40 pages", text, StringComparison.Ordinal);
        Assert.Contains("▶ acme   Job 1           Sun 02:12    2h00m  ██████░░░░░░  50% 12m", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_OfARunThatAnEarlierStartBegan_SayThatItIsCutOff()
    {
        var board = BoardOf(2);
        var begun = board.Jobs[1] with { Running = new Execution { Status = ExecutionStatus.Running, StartedAt = board.Beginning.At - Duration.FromMinutes(1) }, Progress = null };
        var text = string.Join('\n', Table(80, 24).Lines(board with { Jobs = [board.Jobs[0], begun] }, 80, 24).Select(Text));
        Assert.Contains("▶ acme   Job 1           Sun 02:12    2h00m  cut off, runs again soon", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_OfMoreJobsThanFit_BeginWithWhatRunsAndSayHowManyAreLeft()
    {
        var lines = Table(80, 24).Lines(BoardOf(50), 80, 24).Select(Text).ToList();
        Assert.StartsWith("▶ acme   Job 1 ", lines[4], StringComparison.Ordinal);
        Assert.StartsWith("  acme   Job 0 ", lines[5], StringComparison.Ordinal);
        Assert.Contains("  and 36 more jobs", lines, StringComparer.Ordinal);
    }

    [Fact]
    public void Show_OfAName_DoesNotLetItSteerTheTerminal()
    {
        var board = BoardOf(1);
        var hostile = board.Jobs[0] with { Job = board.Jobs[0].Job with { Definition = new JobDefinition { Key = "k", Name = "a\e[2Jb", Executor = "e", Schedule = Schedule.Manual } } };
        using var table = Table(80, 24);
        table.Show(board with { Jobs = [hostile] });
        Assert.Contains("a·[2Jb", _output.ToString().Split("\e[H")[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Dispose_OfATerminal_GivesTheScreenBackOnce()
    {
        var terminal = new Terminal(_output);
        terminal.Dispose();
        terminal.Dispose();
        Assert.Equal("\e[?1049h\e[?25l\e[?7l\e[2J\e[?7h\e[?25h\e[?1049l", _output.ToString());
    }

    [Fact]
    public void Draw_OfAFullLine_DoesNotEraseItsLastCell()
    {
        using var terminal = new Terminal(_output);
        _output.GetStringBuilder().Clear();
        terminal.Draw([new StyledLine(3).Add("abc"), new StyledLine(3).Add("a")]);
        Assert.Equal("\e[Habc\r\na\e[K", _output.ToString());
    }

    private LiveTable Table(int width, int height)
    {
        var terminal = new Terminal(_output);
        _terminals.Add(terminal);
        return new LiveTable(terminal, () => (width, height));
    }

    private static Board BoardOf(int jobs) => new()
    {
        Now = Now,
        Beginning = new Beginning("quickstart.db", new EarlierRuns(new RunTotals(34, 0, 0, 0), 2, Now - Duration.FromHours(1)), Now - Duration.FromMinutes(30)),
        Speed = 1_440,
        Jobs = [.. Enumerable.Range(0, jobs).Select(JobOf)],
        News = [],
        Totals = new RunTotals(7, 2, 3, 0),
        Outlook = "Ctrl+C stops",
    };

    private static BoardJob JobOf(int number)
    {
        var job = new Job
        {
            Tenant = new TenantId("acme"),
            Definition = new JobDefinition { Key = $"{number}", Name = number == 2 ? "每日同步作业每日同步作业每日同步作业" : $"Job {number}", Executor = "e", Schedule = Schedule.Interval(Duration.FromHours(1)) },
            NextRunAt = Now + Duration.FromHours(number + 1),
        };
        var ended = new Execution { Tenant = job.Tenant, Status = ExecutionStatus.Succeeded, Message = "40 pages", StartedAt = Now - Duration.FromMinutes(50), EndedAt = Now - Duration.FromMinutes(10) };
        var running = number == 1 ? new Execution { Status = ExecutionStatus.Running, StartedAt = Now - Duration.FromMinutes(12) } : null;
        return new BoardJob(job, running, 0.5, new RunNews(job, ended, RunTotals.Of(ended)));
    }

    private static string Text(StyledLine line) => Colours().Replace(line.ToString(), "");

    [GeneratedRegex("\e\\[[0-9;]*m", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Colours();
}
