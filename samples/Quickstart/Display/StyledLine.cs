using System.Text;

namespace Quickstart.Display;

/// <summary>One line of the screen, never wider than it may be.</summary>
internal sealed class StyledLine(int width)
{
    private const string Reset = "\e[0m";
    private readonly StringBuilder _text = new();

    /// <summary>How many cells are free.</summary>
    public int Left { get; private set; } = width;

    /// <summary>Adds text as it is, or as much of it as fits.</summary>
    public StyledLine Add(string text, Style style = Style.Plain)
    {
        var cut = Cells.Cut(text, Left);
        Left -= Cells.Width(cut);
        if (style == Style.Plain)
            _text.Append(cut);
        else if (cut.Length > 0)
            _text.Append(Code(style)).Append(cut).Append(Reset);
        return this;
    }

    /// <summary>Adds a column of a width, and a blank behind it.</summary>
    public StyledLine Column(string text, int columnWidth, Style style = Style.Plain, bool right = false) =>
        Add(Cells.Fit(text, Math.Min(columnWidth, Left), right), style).Add(" ");

    /// <summary>Fills the line up with blanks.</summary>
    public StyledLine Fill(Style style = Style.Plain) => Add(new string(' ', Left), style);

    public override string ToString() => _text.ToString();

    // The eight colours that every terminal has and every theme has made readable.
    private static string Code(Style style) => style switch
    {
        Style.Dim => "\e[2m",
        Style.Bold => "\e[1m",
        Style.Good => "\e[32m",
        Style.Warn => "\e[33m",
        Style.Bad => "\e[31m",
        Style.Active => "\e[36m",
        Style.Title => "\e[1;7m",
        _ => "",
    };
}
