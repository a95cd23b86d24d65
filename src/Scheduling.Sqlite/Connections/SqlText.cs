using System.Collections.Concurrent;

namespace Scheduling.Sqlite;

/// <summary>The text of a query by the name of its file under Sql, without the extension.</summary>
internal static class SqlText
{
    private static readonly ConcurrentDictionary<string, string> Texts = new(StringComparer.Ordinal);

    public static string Of(string name) => Texts.GetOrAdd(name, static name => Read("Sql." + name));

    public static string Read(string resource)
    {
        using var stream = typeof(SqlText).Assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"The assembly has no resource '{resource}'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
