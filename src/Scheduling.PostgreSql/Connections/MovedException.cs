namespace Scheduling.PostgreSql.Connections;

/// <summary>Something moved between a look without a lock and the lock: the transaction is made again. Never leaves the store unless that happens again and again.</summary>
internal sealed class MovedException() : Exception("Rows of the store changed under the transaction several times in a row; it is safe to repeat the call.")
{
    public const int MostAttempts = 20;
}
