using System.Collections;

namespace Scheduling.TestKit.Services;

/// <summary>Text that means something elsewhere: to SQL, to LIKE, to paths, to HTML, to spreadsheets, to format strings, to terminals; and text that is long or not what it looks like.</summary>
public sealed class HostileTexts : IEnumerable<object[]>
{
    private static readonly string[] All =
    [
        "x", "'; drop table jobs; --", "100% _ \\", "../../etc", "<script>alert(1)</script>", "=cmd()", "{0} {name}", "\u202Egnp.exe", "two\nlines", "a\0b", "\u0007", " outer ", "\u2028", "😀", "e\u0301", "null", "\"quoted\"",
        new string('é', 256), new string('x', 257), new string('x', 5_000),
    ];

    public IEnumerator<object[]> GetEnumerator() => All.Select(static text => new object[] { text }).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
