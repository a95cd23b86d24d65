using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Scheduling.Architecture.Tests.Source;

namespace Scheduling.Architecture.Tests.Snippets;

/// <summary>One or more snippets as a program: their usings, then their statements, then their types.</summary>
internal sealed class SnippetProgram
{
    private readonly CompilationUnitSyntax[] _parts;

    public SnippetProgram(IEnumerable<Snippet> snippets) =>
        _parts = [.. snippets.Select(snippet => CSharpSyntaxTree.ParseText(snippet.Code, Compiler.Parse).GetCompilationUnitRoot())];

    private IEnumerable<string> Usings => _parts.SelectMany(part => part.Usings).Select(line => line.ToString().Trim()).Distinct(StringComparer.Ordinal);

    private IEnumerable<MemberDeclarationSyntax> Statements => _parts.SelectMany(part => part.Members).OfType<GlobalStatementSyntax>();

    private IEnumerable<MemberDeclarationSyntax> Types => _parts.SelectMany(part => part.Members).Where(member => member is not GlobalStatementSyntax);

    /// <summary>What the compiler has against it as a program of its own.</summary>
    public string[] Errors() => Errors(Text(Usings, Statements, Types));

    /// <summary>What the compiler has against it inside a namespace of the user's that ends like ours.</summary>
    public string[] ErrorsWithin(string name)
    {
        var main = $"static class Program\n{{\nstatic async Task Main(string[] args)\n{{\nawait Task.CompletedTask;\n{string.Concat(Statements.Select(statement => statement.ToFullString()))}\n}}\n}}\n";
        return Errors(string.Join('\n', Usings) + $"\nnamespace {name};\n" + main + string.Concat(Types.Select(type => type.ToFullString())));
    }

    private static string Text(IEnumerable<string> usings, IEnumerable<MemberDeclarationSyntax> statements, IEnumerable<MemberDeclarationSyntax> types) =>
        string.Join('\n', usings) + "\n" + string.Concat(statements.Concat(types).Select(member => member.ToFullString() + "\n"));

    private static string[] Errors(string program)
    {
        var tree = CSharpSyntaxTree.ParseText(program, Compiler.Parse, "snippet.cs");
        var hasStatements = tree.GetCompilationUnitRoot().Members.Any(member => member is GlobalStatementSyntax);
        var kind = hasStatements || program.Contains(" Main(", StringComparison.Ordinal) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary;
        return Compiler.Errors(Compiler.Compile("Snippet", [tree], kind));
    }
}
