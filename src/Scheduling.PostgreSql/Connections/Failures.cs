using Npgsql;

namespace Scheduling.PostgreSql.Connections;

/// <summary>Which failures pass by themselves. Codes are compared, never texts: those come in the server's language.</summary>
internal static class Failures
{
    // idle_in_transaction_session_timeout, which Npgsql has no name for.
    private const string IdleInTransaction = "25P03";

    /// <summary>Whether the same call may well succeed now: a deadlock, a lock that was not given, a lost connection. Every call of the store is safe to repeat after a lost answer.</summary>
    public static bool Passes(NpgsqlException failure) => failure is PostgresException known
        ? known.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.LockNotAvailable || IsConnection(known.SqlState)
        : failure.IsTransient;

    /// <summary>A short wait, so that two who met do not meet again.</summary>
    public static TimeSpan Jitter() => TimeSpan.FromMilliseconds(Random.Shared.Next(5, 50));

    private static bool IsConnection(string state) =>
        state.StartsWith("08", StringComparison.Ordinal)
        || state is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or IdleInTransaction;
}
