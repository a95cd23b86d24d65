using System.Globalization;
using System.Text;

namespace Scheduling.PostgreSql;

/// <summary>What options must be.</summary>
internal static class OptionRules
{
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(10);

    public static void Require(PostgreSqlStoreOptions options)
    {
        RequireSchema(options.Schema);
        if (options.CommandTimeout <= TimeSpan.Zero || options.CommandTimeout > LongestTimeout)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"CommandTimeout is {options.CommandTimeout}: give more than zero and at most {LongestTimeout}."), nameof(options));
    }

    public static void RequireSchema(string schema)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(schema);
        var bytes = Encoding.UTF8.GetByteCount(schema);
        if (bytes > PostgreSqlStoreOptions.MaximumSchemaLength)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Schema has {bytes} bytes: PostgreSQL keeps names of at most {PostgreSqlStoreOptions.MaximumSchemaLength}, and would cut it silently."), nameof(schema));
        if (!StorableText.IsClean(schema))
            throw new ArgumentException("Schema has a NUL or half a surrogate pair: give well-formed text.", nameof(schema));
        if (schema.StartsWith("pg_", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"Schema is '{schema}': names that begin with pg_ belong to PostgreSQL.", nameof(schema));
    }
}
