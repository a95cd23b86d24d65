using System.Xml.Linq;
using Scheduling.Architecture.Tests.Source;

namespace Scheduling.Architecture.Tests.Layers;

/// <summary>Arrows between packages (design section 3): what a project file asks for and what its assembly really uses.</summary>
public class PackageArrowTests
{
    /// <summary>What each package may reference beside the framework; a name that ends in * stands for its family.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Scheduling.Core"] = ["NodaTime"],
        ["Scheduling.Hosting"] = ["Scheduling.Core", "NodaTime", "Microsoft.Extensions.*"],
        ["Scheduling.Sqlite"] = ["Scheduling.Core", "Scheduling.Hosting", "NodaTime", "Microsoft.Extensions.*", "Microsoft.Data.Sqlite", "SQLitePCLRaw.*"],
        ["Scheduling.PostgreSql"] = ["Scheduling.Core", "Scheduling.Hosting", "NodaTime", "Microsoft.Extensions.*", "Npgsql"],
        ["Scheduling.DataProtection"] = ["Scheduling.Core", "Scheduling.Hosting", "Microsoft.AspNetCore.*", "Microsoft.Extensions.*"],
        ["Scheduling.Testing"] = ["Scheduling.Core", "Scheduling.Hosting", "NodaTime", "Microsoft.Extensions.*"],
    };

    public static TheoryData<string> Packages => [.. Repository.Packages];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Project_EveryReference_IsAllowed(string package)
    {
        var project = XDocument.Load(Repository.PathOf("src", package, package + ".csproj"));
        var packages = project.Descendants("PackageReference").Select(reference => reference.Attribute("Include")!.Value);
        var projects = project.Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

        Violations.None(packages.Concat(projects).Where(name => !MayUse(package, name)));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Assembly_EveryReference_IsAllowedOrTheFramework(string package)
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var used = System.Reflection.Assembly.Load(package).GetReferencedAssemblies().Select(name => name.Name!);

        Violations.None(used.Where(name => !MayUse(package, name) && !File.Exists(Path.Combine(framework, name + ".dll"))));
    }

    [Fact]
    public void Core_UsesNoLoggerAndNoContainer() =>
        Assert.DoesNotContain(
            System.Reflection.Assembly.Load("Scheduling.Core").GetReferencedAssemblies(),
            name => name.Name!.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal));

    private static bool MayUse(string package, string other) => Allowed[package].Any(allowed =>
        allowed.EndsWith('*') ? other.StartsWith(allowed[..^1], StringComparison.Ordinal) : string.Equals(other, allowed, StringComparison.Ordinal));
}
