namespace Scheduling.Architecture.Tests.Source;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] NotOurs = ["bin", "obj", ".git", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts", "StrykerOutput"];

    public static string Root { get; } = Find();

    /// <summary>The packages: the folders under <c>src</c>.</summary>
    public static IEnumerable<string> Packages =>
        Directory.EnumerateDirectories(Path.Combine(Root, "src")).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal);

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>A path as messages show it, the same on every machine.</summary>
    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    /// <summary>The files under a folder that people wrote, in a stable order.</summary>
    public static IEnumerable<string> Files(string folder, params string[] endings)
    {
        var here = Directory.EnumerateFiles(folder).Where(file => endings.Length == 0 || endings.Contains(Path.GetExtension(file), StringComparer.Ordinal));
        var below = Directory.EnumerateDirectories(folder).Where(sub => !NotOurs.Contains(Path.GetFileName(sub), StringComparer.Ordinal));
        return here.Order(StringComparer.Ordinal).Concat(below.Order(StringComparer.Ordinal).SelectMany(sub => Files(sub, endings)));
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Scheduling.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException($"Scheduling.sln is in no folder above {AppContext.BaseDirectory}: run the tests from their own checkout.");
    }
}
