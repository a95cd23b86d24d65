using System.Text;

namespace Quickstart.Display;

/// <summary>The terminal while the live table has it: a screen of its own, without a cursor and without line wrapping, all of which it gives back however the program ends.</summary>
internal sealed class Terminal : IDisposable
{
    // xterm's private modes: 1049 is the alternate screen, 25 the cursor, 7 wrapping.
    private const string Enter = "\e[?1049h\e[?25l\e[?7l\e[2J";
    private const string Leave = "\e[?7h\e[?25h\e[?1049l";
    private readonly TextWriter _output;
    private int _hasLeft;

    public Terminal(TextWriter output)
    {
        _output = output;
        // Dispose is not called when the process is ended from elsewhere or an exception escapes; this is.
        AppDomain.CurrentDomain.ProcessExit += Restore;
        AppDomain.CurrentDomain.UnhandledException += Restore;
        _output.Write(Enter);
        _output.Flush();
    }

    /// <summary>Whether the output is a terminal that shows a live table: not a pipe or a file, not one that asks for plain text (https://no-color.org), not an old Windows console.</summary>
    public static bool IsCapable =>
        !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") is var term and not "dumb"
        && (!OperatingSystem.IsWindows() || term is not null || Environment.GetEnvironmentVariable("WT_SESSION") is not null);

    /// <summary>Columns and rows as they are now; people resize.</summary>
    public static (int Width, int Height) Size => Console.WindowWidth > 0 && Console.WindowHeight > 0 ? (Console.WindowWidth, Console.WindowHeight) : (80, 24);

    /// <summary>Shows as many lines as the screen has. One write, over what was there before, so that nothing flickers.</summary>
    public void Draw(IReadOnlyList<StyledLine> lines)
    {
        var frame = new StringBuilder("\e[H");
        for (var i = 0; i < lines.Count; i++)
        {
            // Behind a full line the cursor still stands on its last cell, which "erase the rest" would take with it.
            frame.Append(i == 0 ? "" : "\r\n").Append(lines[i]).Append(lines[i].Left > 0 ? "\e[K" : "");
        }
        _output.Write(frame.ToString());
        _output.Flush();
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _hasLeft, 1) != 0)
            return;
        AppDomain.CurrentDomain.ProcessExit -= Restore;
        AppDomain.CurrentDomain.UnhandledException -= Restore;
        _output.Write(Leave);
        _output.Flush();
    }

    private void Restore(object? sender, EventArgs e) => Dispose();
}
