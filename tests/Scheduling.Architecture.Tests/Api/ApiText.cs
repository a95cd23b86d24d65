using System.Text;
using Microsoft.CodeAnalysis;

namespace Scheduling.Architecture.Tests.Api;

/// <summary>A package's public API as text that people review: types by namespace and name, members by kind and signature.</summary>
internal static class ApiText
{
    private static readonly SymbolDisplayFormat Names = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeVariance | SymbolDisplayGenericsOptions.IncludeTypeConstraints,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
            | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    private static readonly SymbolDisplayFormat Signatures = Names
        .WithMemberOptions(SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeRef
            | SymbolDisplayMemberOptions.IncludeModifiers | SymbolDisplayMemberOptions.IncludeAccessibility | SymbolDisplayMemberOptions.IncludeConstantValue)
        .WithParameterOptions(SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeParamsRefOut
            | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeExtensionThis);

    private static readonly SymbolDisplayFormat Members = new(
        SymbolDisplayGlobalNamespaceStyle.Omitted,
        Names.TypeQualificationStyle,
        Names.GenericsOptions,
        Signatures.MemberOptions,
        SymbolDisplayDelegateStyle.NameAndSignature,
        SymbolDisplayExtensionMethodStyle.Default,
        Signatures.ParameterOptions,
        SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        SymbolDisplayLocalOptions.None,
        SymbolDisplayKindOptions.None,
        Names.MiscellaneousOptions);

    public static string Of(IAssemblySymbol assembly)
    {
        var text = new StringBuilder();
        foreach (var space in PublicApi.Types(assembly).GroupBy(type => type.ContainingNamespace.ToDisplayString(), StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.Append("namespace ").Append(space.Key).Append('\n');
            foreach (var type in space)
                Append(text, type);
            text.Append('\n');
        }
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void Append(StringBuilder text, INamedTypeSymbol type)
    {
        text.Append('\n').Append("    ").Append(Attributes(type)).Append(Header(type)).Append('\n');
        foreach (var member in PublicApi.Members(type).OrderBy(RankOf).ThenBy(member => member.Name, StringComparer.Ordinal).ThenBy(MemberText, StringComparer.Ordinal))
            text.Append("        ").Append(Attributes(member)).Append(MemberText(member)).Append('\n');
    }

    private static string Header(INamedTypeSymbol type)
    {
        var access = type.DeclaredAccessibility == Accessibility.Public ? "public " : "protected ";
        if (type.TypeKind == TypeKind.Delegate)
            return access + "delegate " + type.DelegateInvokeMethod!.ReturnType.ToDisplayString(Names) + " " + type.ToDisplayString(Members);
        var bases = Bases(type).ToArray();
        return access + Modifiers(type) + Kind(type) + " " + type.ToDisplayString(Names) + (bases.Length == 0 ? "" : " : " + string.Join(", ", bases));
    }

    private static string Modifiers(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Struct } => (type.IsReadOnly ? "readonly " : "") + (type.IsRefLikeType ? "ref " : ""),
        { TypeKind: not TypeKind.Class } => "",
        { IsStatic: true } => "static ",
        { IsAbstract: true } => "abstract ",
        { IsSealed: true } => "sealed ",
        _ => "",
    };

    private static string Kind(INamedTypeSymbol type) => type.TypeKind switch
    {
        TypeKind.Enum => "enum",
        TypeKind.Interface => "interface",
        TypeKind.Struct => PublicApi.IsRecord(type) ? "record struct" : "struct",
        _ => PublicApi.IsRecord(type) ? "record" : "class",
    };

    private static IEnumerable<string> Bases(INamedTypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Enum)
            return [type.EnumUnderlyingType!.ToDisplayString(Names)];
        var own = type.BaseType is { SpecialType: SpecialType.None } parent ? new[] { parent.ToDisplayString(Names) } : [];
        var interfaces = type.Interfaces.Where(face => !(PublicApi.IsRecord(type) && face.Name == "IEquatable")).Select(face => face.ToDisplayString(Names));
        return own.Concat(interfaces.Order(StringComparer.Ordinal));
    }

    private static string MemberText(ISymbol member) =>
        member is IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } value ? FormattableString.Invariant($"{value.Name} = {value.ConstantValue}") : member.ToDisplayString(Members);

    private static int RankOf(ISymbol member) => member switch
    {
        IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } value => Convert.ToInt32(value.ConstantValue, System.Globalization.CultureInfo.InvariantCulture),
        IFieldSymbol => 0,
        IMethodSymbol { MethodKind: MethodKind.Constructor } => 1,
        IPropertySymbol => 2,
        IEventSymbol => 3,
        IMethodSymbol { MethodKind: MethodKind.UserDefinedOperator or MethodKind.Conversion } => 5,
        _ => 4,
    };

    private static string Attributes(ISymbol symbol) => string.Concat(symbol.GetAttributes().Select(attribute => attribute.AttributeClass?.Name switch
    {
        "ExperimentalAttribute" => $"[Experimental(\"{attribute.ConstructorArguments[0].Value}\")] ",
        "ObsoleteAttribute" => "[Obsolete] ",
        "FlagsAttribute" => "[Flags] ",
        _ => "",
    }));
}
