namespace Scheduling.PostgreSql;

/// <summary>How the PostgreSQL store works. Every default is fit for production.</summary>
public sealed record PostgreSqlStoreOptions
{
    /// <summary>The longest schema name that PostgreSQL keeps whole: 63 bytes.</summary>
    public const int MaximumSchemaLength = 63;

    /// <summary>The schema that the store's tables are in, 1-63 bytes of UTF-8 without NUL; quoted wherever it is used. Default <c>scheduling</c>.</summary>
    public string Schema { get; set; } = "scheduling";

    /// <summary>How long one call may take in all, more than zero and at most 10 minutes, before it fails with a <see cref="TimeoutException"/>. The server is told the same, so that nothing keeps locks for longer. Default 10 s.</summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether nodes wake each other by LISTEN and NOTIFY, which takes one connection of each node. Without it, and behind it, nodes poll. Turn it off behind PgBouncer in transaction mode.
    /// Default true.
    /// </summary>
    public bool UseNotifications { get; set; } = true;

    /// <summary>Whether the store makes and updates its schema at start. Turned off, a missing or older schema is refused, and an administrator runs <see cref="PostgreSqlSchema.GetScript"/>. Default true.</summary>
    public bool MigratesSchema { get; set; } = true;
}
