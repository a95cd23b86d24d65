using System.Text;

namespace Quickstart.Display;

/// <summary>A table of text whose columns are as wide as their widest cell.</summary>
internal sealed class TextTable(IReadOnlyList<string> heads, IReadOnlyCollection<int> rightAligned)
{
    private const int WidestCell = 40;
    private readonly List<IReadOnlyList<string>> _rows = [heads];

    public void Add(IReadOnlyList<string> cells) => _rows.Add(cells);

    public override string ToString()
    {
        var widths = heads.Select((_, column) => Math.Min(WidestCell, _rows.Max(row => Cells.Width(row[column])))).ToArray();
        var text = new StringBuilder();
        foreach (var row in _rows)
        {
            var line = string.Join("  ", row.Select((cell, column) => Cells.Fit(cell, widths[column], rightAligned.Contains(column))));
            text.Append(line.TrimEnd()).Append('\n');
        }
        return text.Replace("\n", Environment.NewLine).ToString();
    }
}
