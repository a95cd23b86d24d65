using System.Globalization;
using SQLitePCL;

namespace Scheduling.Sqlite;

/// <summary>SQLite's result codes in words that say what to do.</summary>
internal static class SqliteErrors
{
    public static SqliteStoreException Of(string path, int code, string words)
    {
        var problem = ProblemOf(code & 0xFF);
        var text = string.Create(CultureInfo.InvariantCulture, $"The SQLite file '{path}' {What(problem)} (SQLite {code}: {words}). {Remedy(problem)}");
        return new SqliteStoreException(problem, path, code, text);
    }

    public static SqliteStoreException Missing(string path, string what) =>
        new(SqliteProblem.Missing, path, 0, $"The SQLite file '{path}' {what}. It is not made anew, because its jobs and history would be lost without a word: put it back, or restart the program to begin with an empty one.");

    public static SqliteStoreException OnNetwork(string path, string fileSystem) =>
        new(SqliteProblem.CannotOpen, path, 0, $"The SQLite file '{path}' lies on a network file system ({fileSystem}), where SQLite's locks and shared memory do not work and the file would be damaged. Nothing was opened or made there: put it on a local disk, or use PostgreSQL if several machines are to share it.");

    /// <summary>Whether the connection should be given up and opened again.</summary>
    public static bool BreaksConnection(SqliteStoreException error) =>
        error.Problem is SqliteProblem.Corrupt or SqliteProblem.InputOutput or SqliteProblem.CannotOpen or SqliteProblem.Missing or SqliteProblem.ReadOnly;

    private static SqliteProblem ProblemOf(int code) => code switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL => SqliteProblem.Busy,
        raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_AUTH => SqliteProblem.CannotOpen,
        raw.SQLITE_READONLY => SqliteProblem.ReadOnly,
        raw.SQLITE_FULL => SqliteProblem.Full,
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_FORMAT => SqliteProblem.Corrupt,
        raw.SQLITE_IOERR => SqliteProblem.InputOutput,
        raw.SQLITE_SCHEMA => SqliteProblem.Schema,
        _ => SqliteProblem.Other,
    };

    private static string What(SqliteProblem problem) => problem switch
    {
        SqliteProblem.Busy => "is being written by another process for too long",
        SqliteProblem.CannotOpen => "cannot be opened",
        SqliteProblem.ReadOnly => "cannot be written",
        SqliteProblem.Full => "cannot grow: the disk is full",
        SqliteProblem.Corrupt => "is damaged or no SQLite database",
        SqliteProblem.InputOutput => "could not be read or written by the operating system",
        _ => "could not be used",
    };

    private static string Remedy(SqliteProblem problem) => problem switch
    {
        SqliteProblem.Busy => "Look for a process that keeps a write transaction open, such as a SQLite shell; the call is safe to repeat.",
        SqliteProblem.CannotOpen => "Check that the folder exists and that this user may read and write it: SQLite makes two files beside the database, too.",
        SqliteProblem.ReadOnly => "Check the permissions of the file, of the '-wal' and '-shm' files beside it and of the folder, and whether the file system is mounted read-only.",
        SqliteProblem.Full => "Nothing of the write was kept, and work goes on when there is space: free some.",
        SqliteProblem.Corrupt => "Stop all processes and restore a backup, or save what 'sqlite3 <file> .recover' can read. Never delete the '-wal' file of a database in use.",
        SqliteProblem.InputOutput => "Look for disk errors in the system log; the call is safe to repeat.",
        _ => "The call is safe to repeat.",
    };
}
