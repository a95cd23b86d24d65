namespace Scheduling.Sqlite;

/// <summary>The SQLite file could not be used. The message names the file, what is wrong and what to do.</summary>
/// <remarks>The engine treats it as an outage of the store: it goes on trying, and what was not acknowledged is done again.</remarks>
public sealed class SqliteStoreException : Exception
{
    internal SqliteStoreException(SqliteProblem problem, string path, int code, string message)
        : base(message) => (Problem, Path, ErrorCode) = (problem, path, code);

    /// <summary>What is wrong.</summary>
    public SqliteProblem Problem { get; }

    /// <summary>The database file.</summary>
    public string Path { get; }

    /// <summary>SQLite's extended result code; 0 when the problem was not found by SQLite.</summary>
    public int ErrorCode { get; }
}
