namespace Scheduling.Load;

/// <summary>The rows that a run prints at its end, as a Markdown table.</summary>
internal sealed class ResultTable
{
    private readonly List<string[]> _rows = [];

    public void Add(string what, string figure, string target = "", string note = "")
    {
        _rows.Add([what, figure, target, note]);
        Console.WriteLine($"  {what}: {figure} {note}");
    }

    public void Print()
    {
        string[][] all = [["what", "figure", "target", "note"], .. _rows];
        var widths = Enumerable.Range(0, 4).Select(c => all.Max(r => r[c].Length)).ToArray();
        for (var i = 0; i < all.Length; i++)
        {
            Console.WriteLine("| " + string.Join(" | ", all[i].Select((cell, c) => cell.PadRight(widths[c]))) + " |");
            if (i == 0)
                Console.WriteLine("|" + string.Join('|', widths.Select(w => new string('-', w + 2))) + "|");
        }
    }
}
