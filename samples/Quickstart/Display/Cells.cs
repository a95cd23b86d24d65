using System.Globalization;
using System.Text;

namespace Quickstart.Display;

/// <summary>Text in the cells of a terminal: East Asian characters and emoji take two, accents none, and what could steer the terminal is shown as a dot.</summary>
internal static class Cells
{
    public static int Width(string text) => text.EnumerateRunes().Sum(Width);

    /// <summary>Exactly as wide as wanted: cut with an ellipsis, or filled up.</summary>
    public static string Fit(string text, int width, bool right = false)
    {
        if (width <= 0)
            return "";
        var cut = Cut(text, width);
        var fill = new string(' ', width - Width(cut));
        return right ? fill + cut : cut + fill;
    }

    /// <summary>At most as wide as wanted.</summary>
    public static string Cut(string text, int width)
    {
        if (width <= 0)
            return "";
        var fits = Width(text) <= width;
        var budget = fits ? width : width - 1;
        var cut = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if ((budget -= Width(rune)) < 0)
                break;
            cut.Append(Steers(rune) ? "·" : rune.ToString());
        }
        return fits ? cut.ToString() : cut.Append('…').ToString();
    }

    private static int Width(Rune rune) => Steers(rune) ? 1 : Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => 0,
        _ => IsWide(rune.Value) ? 2 : 1,
    };

    private static bool Steers(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    // The wide blocks of Unicode's EastAsianWidth.txt, roughly: Hangul, CJK and its punctuation, fullwidth forms, emoji.
    private static bool IsWide(int value) => value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD);
}
