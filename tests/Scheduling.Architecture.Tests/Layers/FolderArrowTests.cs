using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Scheduling.Architecture.Tests.Source;

namespace Scheduling.Architecture.Tests.Layers;

/// <summary>Arrows between Core's folders, from the compiler's own answer to what each name in the source means. Documentation comments may point anywhere.</summary>
public class FolderArrowTests
{
    private static readonly string Core = Repository.PathOf("src", "Scheduling.Core");

    // Compiled once for all tests; a compilation is immutable.
    private static readonly Lazy<Compilation> Compiled = new(CompileCore);

    [Fact]
    public void Core_EveryReference_PointsToAnEarlierFolder()
    {
        Violations.None(Compiler.Errors(Compiled.Value));
        Violations.None(ViolationsIn(Compiled.Value, Compiled.Value.SyntaxTrees.Where(IsOfCore)));
    }

    [Fact]
    public void Core_EveryFolder_IsInTheTable() =>
        Assert.Equal(CoreFolders.InOrder.Order(StringComparer.Ordinal), SourceFiles().Select(FolderOf).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("Jobs", "namespace Scheduling; class X { Scheduling.Storage.IJobStore? s; }", 1)]
    [InlineData("Jobs", "namespace Scheduling; class X { object o = typeof(JobScheduler); }", 1)]
    [InlineData("Jobs", "namespace Scheduling; class X { static object Of(Job job) => new Scheduling.Planning.DuePlanner().Zones; }", 2)]
    [InlineData("Jobs", "namespace Scheduling; class X { Scheduling.Planning.DuePlanner p = new(); }", 2)]
    [InlineData("Jobs", "namespace Scheduling; /// <see cref=\"JobScheduler\"/>\nclass X { TenantId t; Execution? e; Job? j; }", 0)]
    [InlineData("Running", "namespace Scheduling.Running; class X { Scheduling.Storage.IJobStore? s; }", 0)]
    public void Violations_PlantedFile_IsSeen(string folder, string source, int expected)
    {
        // A rule that cannot fail is none: the same check on the same source with one file more.
        var planted = CSharpSyntaxTree.ParseText(source, Compiler.Parse, Path.Combine(Core, folder, "Planted.cs"));

        Assert.Equal(expected, ViolationsIn(Compiled.Value.AddSyntaxTrees(planted), [planted]).Count);
    }

    private static Compilation CompileCore()
    {
        var trees = SourceFiles().Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), Compiler.Parse, file));
        return Compiler.Compile("Scheduling.Core", trees, OutputKind.DynamicallyLinkedLibrary, "Scheduling.Core", "Scheduling.Hosting");
    }

    private static bool IsOfCore(SyntaxTree tree) => tree.FilePath.StartsWith(Core, StringComparison.Ordinal);

    private static IEnumerable<string> SourceFiles() => Repository.Files(Core, ".cs");

    private static string FolderOf(string file) => Path.GetRelativePath(Core, file).Split(Path.DirectorySeparatorChar)[0];

    private static List<string> ViolationsIn(Compilation core, IEnumerable<SyntaxTree> trees)
    {
        var violations = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var tree in trees)
        {
            var model = core.GetSemanticModel(tree);
            foreach (var node in tree.GetRoot().DescendantNodes().Where(IsReference))
                Add(violations, node, UsedType(model, node));
        }
        return [.. violations];
    }

    private static bool IsReference(SyntaxNode node) => node is SimpleNameSyntax or ImplicitObjectCreationExpressionSyntax;

    private static INamedTypeSymbol? UsedType(SemanticModel model, SyntaxNode node)
    {
        var symbol = model.GetSymbolInfo(node).Symbol;
        var type = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
        while (type?.ContainingType is { } outer)
            type = outer;
        return type;
    }

    private static void Add(SortedSet<string> violations, SyntaxNode node, INamedTypeSymbol? used)
    {
        if (used?.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree is not { } tree || !IsOfCore(tree))
            return;
        var (from, to) = (FolderOf(node.SyntaxTree.FilePath), FolderOf(tree.FilePath));
        var place = node.SyntaxTree.GetLineSpan(node.Span).StartLinePosition;
        if (!CoreFolders.MayUse(from, to))
            violations.Add($"{Repository.Relative(node.SyntaxTree.FilePath)}({place.Line + 1},{place.Character + 1}): {from} may not use {to} ({used.Name})");
    }
}
