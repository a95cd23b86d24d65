using System.Collections.Concurrent;
using System.Text;
using Scheduling.PostgreSql.Rows;

namespace Scheduling.PostgreSql.Connections;

/// <summary>The statements of the store, read from the assembly once and written for one schema. Thread-safe.</summary>
internal sealed class SqlTexts(string schema)
{
    // Told apart from other users of advisory locks in the same database: the letters "schd".
    internal const string LockClass = "1935894628";
    private readonly ConcurrentDictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>A schema's or another name as PostgreSQL reads it whatever it contains.</summary>
    public static string Quote(string identifier) => string.Concat("\"", identifier.Replace("\"", "\"\"", StringComparison.Ordinal), "\"");

    /// <summary>The statement of the file of that name in the folder Sql.</summary>
    public string this[string name] => _texts.GetOrAdd(name, static (key, texts) => texts.Compose(Read("Sql/" + key)), this);

    /// <summary>A form of a statement.</summary>
    public string this[SqlVariant variant]
    {
        get
        {
            var text = this[variant.Name];
            foreach (var (place, part) in variant.Parts)
                text = text.Replace(place, part, StringComparison.Ordinal);
            return text;
        }
    }

    /// <summary>A script of the folder Schema.</summary>
    public string Script(string name) => Compose(Read("Schema/" + name));

    /// <summary>The statements of a script, one by one. It has no semicolon but at their ends; the schema's name, which may have any, comes in only afterwards.</summary>
    public IEnumerable<string> Statements(string name) =>
        WithoutComments(Read("Schema/" + name)).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Compose);

    private static string WithoutComments(string script) =>
        string.Join('\n', script.Split('\n').Where(static line => !line.TrimStart().StartsWith("--", StringComparison.Ordinal)));

    private string Compose(string text) => new StringBuilder(text)
        .Replace("{schema}", Quote(schema))
        .Replace("{lock_class}", LockClass)
        .Replace("{due_columns}", DueColumns.List)
        .Replace("{job_columns}", JobColumns.List)
        .Replace("{run_columns}", RunColumns.List)
        .Replace("{pause_columns}", PauseColumns.List)
        .Replace("{execution_columns}", ExecutionColumns.List)
        .ToString();

    private static string Read(string resource)
    {
        using var stream = typeof(SqlTexts).Assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"The assembly has no statement '{resource}'.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
