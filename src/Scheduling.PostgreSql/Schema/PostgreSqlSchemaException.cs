namespace Scheduling.PostgreSql;

/// <summary>The store's schema is not what this version needs, and the store may not or must not change it. The text says what to do.</summary>
public sealed class PostgreSqlSchemaException : Exception
{
    internal PostgreSqlSchemaException(string message, int? found, int required, Exception? cause = null)
        : base(message, cause) => (FoundVersion, RequiredVersion) = (found, required);

    /// <summary>The version of the schema that is there; null when there is none, or when it could not be read.</summary>
    public int? FoundVersion { get; }

    /// <summary>The version that this library needs.</summary>
    public int RequiredVersion { get; }
}
