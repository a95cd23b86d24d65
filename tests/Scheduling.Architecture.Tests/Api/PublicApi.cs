using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Scheduling.Architecture.Tests.Api;

/// <summary>The types and members of a package that others can use, read from its assembly; what the compiler adds by itself is left out.</summary>
internal static class PublicApi
{
    public static IAssemblySymbol Load(string package)
    {
        var trusted = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var references = trusted.Select(path => (Path: path, Reference: (MetadataReference)MetadataReference.CreateFromFile(path))).ToArray();
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, metadataImportOptions: MetadataImportOptions.All);
        var compilation = CSharpCompilation.Create("reader", references: references.Select(pair => pair.Reference), options: options);
        var own = references.Single(pair => string.Equals(Path.GetFileNameWithoutExtension(pair.Path), package, StringComparison.Ordinal));
        return (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(own.Reference)!;
    }

    /// <summary>Every visible type, nested ones too, by full name.</summary>
    public static IEnumerable<INamedTypeSymbol> Types(IAssemblySymbol assembly) =>
        Types(assembly.GlobalNamespace).Where(IsVisible).OrderBy(type => type.ToDisplayString(), StringComparer.Ordinal);

    /// <summary>The visible members of a type that somebody wrote, without nested types and accessors.</summary>
    public static IEnumerable<ISymbol> Members(INamedTypeSymbol type) =>
        type.TypeKind == TypeKind.Delegate ? [] : type.GetMembers().Where(member => member is not INamedTypeSymbol && IsVisible(member) && !IsOfTheCompiler(member));

    public static bool IsRecord(INamedTypeSymbol type) => type.IsRecord || type.GetMembers("PrintMembers").Any(IsOfTheCompiler);

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container) => container.GetMembers().SelectMany(member => member switch
    {
        INamespaceSymbol inner => Types(inner),
        INamedTypeSymbol type => Types(type).Prepend(type),
        _ => [],
    });

    private static bool IsVisible(ISymbol symbol) => symbol switch
    {
        INamedTypeSymbol type => IsVisibleItself(type) && (type.ContainingType is null || IsVisible(type.ContainingType)),
        IMethodSymbol { MethodKind: MethodKind.ExplicitInterfaceImplementation } => false,
        _ => IsVisibleItself(symbol),
    };

    private static bool IsVisibleItself(ISymbol symbol) =>
        symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;

    private static bool IsOfTheCompiler(ISymbol member) => member switch
    {
        IMethodSymbol { AssociatedSymbol: not null } => true,
        IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.Length: 0, ContainingType.TypeKind: TypeKind.Struct or TypeKind.Enum } => true,
        IFieldSymbol { Name: "value__" } => true,
        IPropertySymbol { Name: "EqualityContract" } => true,
        _ => member.Name.Contains('<', StringComparison.Ordinal) || member.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "CompilerGeneratedAttribute"),
    };
}
