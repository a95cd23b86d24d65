using Scheduling.Architecture.Tests.Source;

namespace Scheduling.Architecture.Tests.Snippets;

/// <summary>A C# block of a Markdown page: where it begins and what it says.</summary>
internal sealed record Snippet(string Page, int Line, string Code)
{
    private const string Exempt = "<!-- no-compile -->";

    /// <summary>The pages that hold snippets: the README, the docs, and pages beside the source.</summary>
    public static IEnumerable<string> Pages =>
        new[] { Repository.PathOf("README.md") }
            .Concat(new[] { "docs", "src", "samples" }.Select(folder => Repository.PathOf(folder)).Where(Directory.Exists).SelectMany(folder => Repository.Files(folder, ".md")))
            .Select(Repository.Relative);

    /// <summary>The C# blocks of a page in order, but for those behind a line <c>&lt;!-- no-compile --&gt;</c>.</summary>
    public static IReadOnlyList<Snippet> Of(string page)
    {
        var lines = File.ReadAllLines(Repository.PathOf(page));
        var snippets = new List<Snippet>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Trim() is not ("```csharp" or "```cs" or "```c#"))
                continue;
            var end = Array.FindIndex(lines, i + 1, line => line.Trim() == "```");
            var before = lines[..i].LastOrDefault(line => line.Trim().Length > 0)?.Trim();
            if (before != Exempt)
                snippets.Add(new Snippet(page, i + 1, string.Join('\n', lines[(i + 1)..end])));
            i = end;
        }
        return snippets;
    }
}
