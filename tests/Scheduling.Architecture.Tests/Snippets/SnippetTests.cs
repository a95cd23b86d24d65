using Scheduling.Architecture.Tests.Source;

namespace Scheduling.Architecture.Tests.Snippets;

/// <summary>What README and docs show compiles: each block by itself, or as a continuation of the page's blocks before it.</summary>
public class SnippetTests
{
    public static TheoryData<string> Pages => [.. Snippet.Pages.Where(page => Snippet.Of(page).Count > 0)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_EveryBlock_Compiles(string page)
    {
        var snippets = Snippet.Of(page);
        var failures = new List<string>();
        for (var i = 0; i < snippets.Count; i++)
        {
            var alone = new SnippetProgram([snippets[i]]).Errors();
            if (alone.Length == 0 || new SnippetProgram(snippets.Take(i + 1)).Errors().Length == 0)
                continue;
            failures.Add($"{page}({snippets[i].Line}):\n  {string.Join("\n  ", alone.Take(8))}");
        }

        Violations.None(failures);
    }

    [Fact]
    public void Readme_HasCode() => Assert.NotEmpty(Snippet.Of("README.md"));

    [Fact]
    public void Readme_CodeInAUsersOwnSchedulingNamespace_Compiles() =>
        Violations.None(Snippet.Of("README.md").SelectMany(snippet => new SnippetProgram([snippet]).ErrorsWithin("Acme.Scheduling")));

    [Fact]
    public void Readme_Code_IsTwentyLines() =>
        Assert.InRange(Snippet.Of("README.md")[0].Code.Split('\n').Count(line => line.Trim().Length > 1), 10, 24);

    [Theory]
    [InlineData("var x = 1;", true)]
    [InlineData("using Scheduling.Cron;\nCronExpression.Parse(\"@daily\");", true)]
    [InlineData("CronExpression.Parse(\"@daily\");", false)]
    [InlineData("int x = \"text\";", false)]
    [InlineData("class X { Scheduling.NoSuchType? t; }", false)]
    public void Errors_OfAProgram_AreSeen(string code, bool compiles) =>
        Assert.Equal(compiles, new SnippetProgram([new Snippet("test", 1, code)]).Errors().Length == 0);
}
