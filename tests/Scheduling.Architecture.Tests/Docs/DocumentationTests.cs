using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Scheduling.Architecture.Tests.Api;
using Scheduling.Architecture.Tests.Source;

namespace Scheduling.Architecture.Tests.Docs;

/// <summary>Every public member says what it is: a summary that is not empty, each parameter, and what comes back.</summary>
public class DocumentationTests
{
    public static TheoryData<string> Packages => [.. Repository.Packages];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Package_EveryPublicMember_IsDocumented(string package)
    {
        var written = XDocument.Load(Path.Combine(AppContext.BaseDirectory, package + ".xml")).Descendants("member")
            .ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal);
        var symbols = PublicApi.Types(PublicApi.Load(package)).SelectMany(type => PublicApi.Members(type).Prepend(type));

        Violations.None(symbols.SelectMany(symbol => Missing(symbol, written)));
    }

    private static IEnumerable<string> Missing(ISymbol symbol, Dictionary<string, XElement> written)
    {
        var id = symbol.GetDocumentationCommentId()!;
        if (!written.TryGetValue(id, out var text))
            return IsConstructorOfTheCompiler(symbol) ? [] : [$"{id}: nothing is written"];
        if (text.Element("inheritdoc") is { } inherited)
            return inherited.Attribute("cref") is not null || HasAncestor(symbol) ? [] : [$"{id}: inherits from nothing"];
        return Parts(symbol, text).Select(part => $"{id}: {part}");
    }

    private static IEnumerable<string> Parts(ISymbol symbol, XElement text)
    {
        if (IsEmpty(text.Element("summary")))
            yield return "no summary";
        foreach (var name in ParametersOf(symbol))
        {
            if (IsEmpty(text.Elements("param").Concat(text.Elements("typeparam")).FirstOrDefault(part => (string?)part.Attribute("name") == name)))
                yield return $"no word on {name}";
        }
        if (Returns(symbol) && IsEmpty(text.Element("returns")))
            yield return "no word on what it returns";
    }

    private static IEnumerable<string> ParametersOf(ISymbol symbol) => symbol switch
    {
        IMethodSymbol method => method.Parameters.Select(parameter => parameter.Name).Concat(method.TypeParameters.Select(parameter => parameter.Name)),
        IPropertySymbol indexer => indexer.Parameters.Select(parameter => parameter.Name),
        INamedTypeSymbol { TypeKind: TypeKind.Delegate } type => type.DelegateInvokeMethod!.Parameters.Select(parameter => parameter.Name),
        INamedTypeSymbol type => type.TypeParameters.Select(parameter => parameter.Name),
        _ => [],
    };

    private static bool Returns(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.Conversion } => false,
        IMethodSymbol method => !method.ReturnsVoid,
        INamedTypeSymbol { TypeKind: TypeKind.Delegate } type => !type.DelegateInvokeMethod!.ReturnsVoid,
        _ => false,
    };

    private static bool HasAncestor(ISymbol symbol) =>
        symbol.IsOverride || symbol is INamedTypeSymbol || symbol.ContainingType.AllInterfaces.SelectMany(face => face.GetMembers(symbol.Name)).Any();

    // A type without a constructor of its own gets one that nobody can write a word on.
    private static bool IsConstructorOfTheCompiler(ISymbol symbol) => symbol is IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.Length: 0 };

    private static bool IsEmpty(XElement? element) => element is null || (string.IsNullOrWhiteSpace(element.Value) && !element.HasElements);
}
