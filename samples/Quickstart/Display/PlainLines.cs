using System.Globalization;
using Quickstart.History;
using Scheduling;

namespace Quickstart.Display;

/// <summary>One line for each run that ended and for each stretch of slots that was not run; for pipes, files and logs.</summary>
internal sealed class PlainLines(TextWriter output) : IDisplay
{
    private bool _hasBegun;

    public void Show(Board board)
    {
        if (!_hasBegun && board.Jobs.Count > 0)
        {
            _hasBegun = true;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{TimeText.Full(board.Now)}  {board.Jobs.Count} jobs, {board.Speed} times as fast as real time, {board.Outlook}"));
            output.WriteLine($"{TimeText.Full(board.Now)}  {board.Beginning.Text}");
        }
        
        // What earlier starts did is told in one sentence.
        foreach (var piece in board.News.Where(piece => piece.At >= board.Beginning.At))
            output.WriteLine(Line(piece));
        output.Flush();
    }

    public void Dispose() => output.Flush();

    private static string Line(RunNews piece)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{TimeText.Full(piece.At)}  {Cells.Fit(piece.Row.Tenant.Value, 10)} {Cells.Fit(piece.Row.JobKey, 18)} {TimeText.Status(piece.Row.Status),-11}  {RunText.Of(piece)}");
        return Cells.Cut(text, 200).TrimEnd();
    }
}
