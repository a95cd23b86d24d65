using Npgsql;
using Scheduling.PostgreSql.Connections;
using Scheduling.Storage;

namespace Scheduling.PostgreSql.Wakes;

/// <summary>
/// Tells other processes of new work, after the commit and not in it: notifications of all transactions of a server go through one lock. What gathers while one is on its way goes with the next.
/// A notification that fails is dropped: it is a hint, and everybody polls behind it. Thread-safe.
/// </summary>
internal sealed class WakeSender(NpgsqlDataSource source, WakeChannel channel, TimeProvider time, CancellationToken stop)
{
    /// <summary>How long the next one waits for company.</summary>
    private static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(5);

    private int _gathered;
    private int _isSending;

    public void Send(StoreWake wake)
    {
        Interlocked.Or(ref _gathered, (int)wake);
        if (Interlocked.Exchange(ref _isSending, 1) == 0)
            _ = SendGatheredAsync();
    }

    private async Task SendGatheredAsync()
    {
        do
        {
            try
            {
                for (var wake = Take(); wake != StoreWake.None; wake = Take())
                {
                    await NotifyAsync(wake).ConfigureAwait(false);
                    await Task.Delay(Spacing, time, stop).ConfigureAwait(false);
                }
            }
            catch (Exception lost) when (lost is NpgsqlException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
            {
                // A hint that cannot be given now is none later.
                Take();
            }
            finally
            {
                Volatile.Write(ref _isSending, 0);
            }
        }
        while (Volatile.Read(ref _gathered) != 0 && !stop.IsCancellationRequested && Interlocked.Exchange(ref _isSending, 1) == 0);
    }

    private StoreWake Take() => (StoreWake)Interlocked.Exchange(ref _gathered, 0);

    private async Task NotifyAsync(StoreWake wake)
    {
        var command = source.CreateCommand("select pg_notify($1, $2)");
        await using (command.ConfigureAwait(false))
        {
            command.Parameters.Add(Param.Text(channel.Name));
            command.Parameters.Add(Param.Text(channel.Write(wake)));
            await command.ExecuteNonQueryAsync(stop).ConfigureAwait(false);
        }
    }
}
