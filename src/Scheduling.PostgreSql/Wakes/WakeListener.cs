using Npgsql;
using Scheduling.PostgreSql.Connections;
using Scheduling.Storage;

namespace Scheduling.PostgreSql.Wakes;

/// <summary>Hears what other processes tell, on a connection of its own. While that is lost it wakes everybody now and then, as a store without notifications would be polled.</summary>
internal sealed class WakeListener(NpgsqlDataSource source, WakeChannel channel, WakeHub hub, TimeProvider time)
{
    /// <summary>How long silence is believed before the connection is tried: a line that was cut silently looks like a quiet one.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(20);

    /// <summary>The pause between two attempts to connect, and so between two wakes meanwhile.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource _isListening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>When it has listened for the first time.</summary>
    public Task Listening => _isListening.Task;

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stop).ConfigureAwait(false);
            }
            catch (Exception lost) when (lost is NpgsqlException or OperationCanceledException or ObjectDisposedException or InvalidOperationException or TimeoutException)
            {
                // The store's own calls tell of an outage; here it only means that hints are missing.
            }
            if (stop.IsCancellationRequested)
                return;
            hub.Raise(StoreWake.Work | StoreWake.Cancel);
            await Task.Delay(Retry, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(CancellationToken stop)
    {
        var connection = await source.OpenConnectionAsync(stop).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            connection.Notification += (_, told) => Hear(told.Payload);
            await ExecuteAsync(connection, $"listen {SqlTexts.Quote(channel.Name)}", stop).ConfigureAwait(false);

            // Something may have been told since the connection was lost; at first nobody has looked yet.
            if (!_isListening.TrySetResult())
                hub.Raise(StoreWake.Work | StoreWake.Cancel);
            while (true)
            {
                if (!await connection.WaitAsync(Silence, stop).ConfigureAwait(false))
                    await ExecuteAsync(connection, "select 1", stop).ConfigureAwait(false);
            }
        }
    }

    private void Hear(string payload)
    {
        var wake = channel.Read(payload);
        if (wake != StoreWake.None)
            hub.Raise(wake);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string text, CancellationToken stop)
    {
        var command = new NpgsqlCommand(text, connection) { CommandTimeout = 10 };
        await using (command.ConfigureAwait(false))
            await command.ExecuteNonQueryAsync(stop).ConfigureAwait(false);
    }
}
