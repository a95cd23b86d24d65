using System.Globalization;
using System.Text;
using Scheduling.PostgreSql.Connections;
using Scheduling.PostgreSql.Schema;

namespace Scheduling.PostgreSql;

/// <summary>The schema of the store, for administrators who run such things themselves.</summary>
public static class PostgreSqlSchema
{
    /// <summary>The version of the schema that this version of the library needs.</summary>
    public static int Version => Migration.All[^1].Version;

    /// <summary>The SQL that makes the schema, or completes an older one; running it again changes nothing. One transaction, for psql or any other tool.</summary>
    /// <param name="schemaName">The schema's name, as in <see cref="PostgreSqlStoreOptions.Schema"/>. Default <c>scheduling</c>.</param>
    /// <returns>The script.</returns>
    /// <exception cref="ArgumentException">The name is longer than 63 bytes, or PostgreSQL's own.</exception>
    public static string GetScript(string schemaName = "scheduling")
    {
        OptionRules.RequireSchema(schemaName);
        var texts = new SqlTexts(schemaName);
        var script = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"-- Scheduling for PostgreSQL, schema version {Version}.\nbegin;\n{SchemaMigrator.LockText(schemaName)};\n\n")
            .Append(texts.Script("bookkeeping"));
        foreach (var migration in Migration.All)
            Append(script, migration, texts, SqlTexts.Quote(schemaName));
        return script.Append("\ncommit;\n").ToString();
    }

    // A block that does nothing when the migration was applied: plain SQL has no other "if".
    private static void Append(StringBuilder script, Migration migration, SqlTexts texts, string schema) => script.Append(
        CultureInfo.InvariantCulture,
        $"""

        do $scheduling$
        begin
        if exists (select from {schema}.migrations where version = {migration.Version}) then return; end if;

        {texts.Script(migration.File)}
        insert into {schema}.migrations (version, name) values ({migration.Version}, '{migration.File}');
        end
        $scheduling$;

        """);
}
