using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Scheduling.Architecture.Tests.Source;

/// <summary>Compiles text against what the tests themselves run on: the framework, our packages, and theirs.</summary>
internal static class Compiler
{
    public static readonly CSharpParseOptions Parse = new(LanguageVersion.Preview, DocumentationMode.None);

    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    // Read once: a reference keeps what it has read, and every compilation uses nearly all of them.
    private static readonly (string Name, MetadataReference Reference)[] Assemblies =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(path => (Path.GetFileNameWithoutExtension(path), (MetadataReference)MetadataReference.CreateFromFile(path)))];

    /// <summary>Compiles trees, after the generator of <c>JsonSerializerContext</c> has added what it adds.</summary>
    public static Compilation Compile(string name, IEnumerable<SyntaxTree> trees, OutputKind kind, params string[] without)
    {
        var compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(ImplicitUsings, Parse), .. trees],
            Assemblies.Where(assembly => !without.Contains(assembly.Name, StringComparer.Ordinal)).Select(assembly => assembly.Reference),
            new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable).WithSpecificDiagnosticOptions(
                [new("SCHED0001", ReportDiagnostic.Suppress)]));
        CSharpGeneratorDriver.Create(JsonGenerators(), parseOptions: Parse).RunGeneratorsAndUpdateCompilation(compilation, out var complete, out _);
        return complete;
    }

    public static string[] Errors(Compilation compilation) =>
        [.. compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString())];

    private static IEnumerable<ISourceGenerator> JsonGenerators()
    {
        // <dotnet>/shared/Microsoft.NETCore.App/<version>/ and <dotnet>/packs/Microsoft.NETCore.App.Ref/<version>/ lie in the same SDK.
        var dotnet = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
        var generator = Directory.EnumerateDirectories(Path.Combine(dotnet, "packs", "Microsoft.NETCore.App.Ref"), "10.*")
            .Select(pack => Path.Combine(pack, "analyzers", "dotnet", "cs", "System.Text.Json.SourceGeneration.dll"))
            .Where(File.Exists)
            .Order(StringComparer.Ordinal)
            .LastOrDefault() ?? throw new InvalidOperationException("The .NET SDK has no generator for System.Text.Json.");
        return new AnalyzerFileReference(generator, new SimpleLoader()).GetGenerators(LanguageNames.CSharp);
    }

    private sealed class SimpleLoader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
            // It has none beside the compiler.
        }

        public System.Reflection.Assembly LoadFromPath(string fullPath) => System.Reflection.Assembly.LoadFrom(fullPath);
    }
}
