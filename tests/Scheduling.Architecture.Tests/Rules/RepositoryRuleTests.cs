using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Scheduling.Architecture.Tests.Source;

namespace Scheduling.Architecture.Tests.Rules;

/// <summary>House rules that no analyzer keeps.</summary>
public partial class RepositoryRuleTests
{
    private const int MostLines = 325;
    private static readonly string[] Folders = ["src", "tests", "benchmarks", "samples"];
    private static readonly string[] TextFiles = [".cs", ".csproj", ".props", ".targets", ".json", ".md", ".sh", ".sln", ".txt", ".xml", ".yml", ".yaml", ".sql", ".config", ".py", ""];

    [Fact]
    public void Source_EveryFile_IsShortEnoughToRead() =>
        Violations.None(SourceFiles("src").Select(file => (File: Repository.Relative(file), Lines: File.ReadLines(file).Count())).Where(file => file.Lines > MostLines).Select(file => $"{file.File}: {file.Lines} lines"));

    [Fact]
    public void Source_EveryFile_HasOneTypeNamedAsTheFile() => Violations.None(SourceFiles("src").SelectMany(file =>
    {
        var types = TopLevelTypes(file).ToArray();
        var name = Path.GetFileName(file).Split('.')[0];
        return types.Length == 1 && types[0] == name ? [] : new[] { $"{Repository.Relative(file)}: {string.Join(", ", types)}" };
    }));

    [Fact]
    public void Types_Names_SayWhatTheyAre() => Violations.None(
        from folder in Folders
        from file in SourceFiles(folder)
        from type in Parse(file).DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
        where EmptyName().IsMatch(type.Identifier.Text)
        select $"{Repository.Relative(file)}: {type.Identifier.Text}");

    [Theory]
    [InlineData("JobStoreImpl", true)]
    [InlineData("StoreBase", true)]
    [InlineData("TimeHelpers", true)]
    [InlineData("JobManager", true)]
    [InlineData("Utils", true)]
    [InlineData("JobModels", true)]
    [InlineData("StoreModel", false)]
    [InlineData("Database", false)]
    [InlineData("JobBased", false)]
    [InlineData("Basement", false)]
    public void EmptyName_Rule_HitsWholeWordsAtTheEnd(string name, bool hit) => Assert.Equal(hit, EmptyName().IsMatch(name));

    [Fact]
    public void Files_NoneNamesAMachineOrARegistry() => Violations.None(
        from file in Repository.Files(Repository.Root, TextFiles)
        where Path.GetFileName(file) != nameof(RepositoryRuleTests) + ".cs"
        from line in File.ReadLines(file).Select((text, index) => (text, number: index + 1))
        where MachineOrRegistry().IsMatch(line.text)
        select $"{Repository.Relative(file)}({line.number}): {line.text.Trim()}");

    [Theory]
    [InlineData("see /home/ann/project", true)]
    [InlineData("/ro" + "ot/.nuget/packages", true)]
    [InlineData("C:\\Users\\ann", true)]
    [InlineData("https://api." + "nuget" + ".org/v3/index.json", true)]
    [InlineData("https://packages.example.com/artifactory/api/nuget", true)]
    [InlineData("https://example.com/", false)]
    [InlineData("the root of the tree", false)]
    [InlineData("/usr/lib/postgresql", false)]
    public void MachineOrRegistry_Rule_HitsPathsAndHosts(string line, bool hit) => Assert.Equal(hit, MachineOrRegistry().IsMatch(line));

    [Fact]
    public void Tests_WaitOnVirtualTimeOnly() => Violations.None(
        from file in SourceFiles("tests").Concat(SourceFiles("src"))
        from call in Parse(file).DescendantNodes().OfType<InvocationExpressionSyntax>()
        let name = call.Expression.ToString()
        where name.EndsWith("Thread.Sleep", StringComparison.Ordinal) || (name.EndsWith("Task.Delay", StringComparison.Ordinal) && call.ArgumentList.Arguments.Count < 2)
        select $"{Repository.Relative(file)}: {call}");

    /// <summary>faults.md G11: what a store says is text, and never decides which code is loaded.</summary>
    [Fact]
    public void Source_LoadsNoTypeByItsName() => Violations.None(
        from file in SourceFiles("src")
        from call in Parse(file).DescendantNodes().OfType<InvocationExpressionSyntax>()
        let name = call.Expression.ToString()
        where name is "Type.GetType" or "System.Type.GetType" || name.StartsWith("Activator.Create", StringComparison.Ordinal) || name.StartsWith("Assembly.Load", StringComparison.Ordinal)
        select $"{Repository.Relative(file)}: {call}");

    [Fact]
    public void Source_NobodySwitchesOffTheBannedNames() => Violations.None(
        from file in SourceFiles("tests").Concat(SourceFiles("src"))
        where Path.GetFileName(file) != nameof(RepositoryRuleTests) + ".cs" && File.ReadAllText(file).Contains("RS0030", StringComparison.Ordinal)
        select Repository.Relative(file));

    private static IEnumerable<string> SourceFiles(string folder) => Repository.Files(Repository.PathOf(folder), ".cs");

    private static Microsoft.CodeAnalysis.SyntaxNode Parse(string file) => CSharpSyntaxTree.ParseText(File.ReadAllText(file), Compiler.Parse).GetRoot();

    private static IEnumerable<string> TopLevelTypes(string file) => Parse(file).DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
        .Select(node => node switch
        {
            BaseTypeDeclarationSyntax type => type.Identifier.Text,
            DelegateDeclarationSyntax type => type.Identifier.Text,
            _ => null,
        })
        .OfType<string>();

    [GeneratedRegex("(^|[a-z0-9])(Impl|Base|Helpers?|Managers?|Utils?|Utility|Utilities|Models)$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex EmptyName();

    [GeneratedRegex(@"(^|[^\w.])/(home|root|Users|work)/|[A-Za-z]:\\Users\\|(^|[^\w])/tmp/wt|https?://[^\s""]*(nuget\.org/(v3|api)|/v3/index\.json|artifactory|jfrog|pkgs\.|myget\.org|nexus)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex MachineOrRegistry();
}
