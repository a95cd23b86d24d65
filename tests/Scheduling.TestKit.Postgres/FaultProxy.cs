using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Scheduling.TestKit.Postgres;

/// <summary>A TCP proxy in front of a server that delays, swallows, cuts and resets as a test says. Thread-safe.</summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Link, byte> _links = [];
    private readonly Task _accepting;
    private volatile byte[]? _loses;
    private int _lost;
    private long _delayTicks;
    private volatile bool _isSilent;
    private volatile bool _refuses;

    /// <summary>Makes a proxy in front of a port of this machine.</summary>
    public FaultProxy(int target)
    {
        _target = target;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>Where to connect to.</summary>
    public int Port { get; }

    /// <summary>How long each piece of data waits, in either direction.</summary>
    public TimeSpan Delay
    {
        get => TimeSpan.FromTicks(Volatile.Read(ref _delayTicks));
        set => Volatile.Write(ref _delayTicks, value.Ticks);
    }

    /// <summary>While true nothing gets through in either direction, and nobody is told: a link that is down.</summary>
    public bool IsSilent
    {
        get => _isSilent;
        set => _isSilent = value;
    }

    /// <summary>While true new connections are closed at once.</summary>
    public bool Refuses
    {
        get => _refuses;
        set => _refuses = value;
    }

    /// <summary>How many answers were lost by <see cref="LoseAnswerTo"/>.</summary>
    public int Lost => Volatile.Read(ref _lost);

    /// <summary>The next request with this text reaches the server; its answer, once it is there, is thrown away and the connection reset. Once.</summary>
    public void LoseAnswerTo(string text) => _loses = Encoding.UTF8.GetBytes(text);

    /// <summary>Resets every connection.</summary>
    public void ResetAll()
    {
        foreach (var link in _links.Keys)
            link.Reset();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        ResetAll();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptSocketAsync(_stop.Token);
                client.NoDelay = true;
                if (_refuses)
                    client.Close();
                else
                    _ = ServeAsync(client);
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket client)
    {
        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var link = new Link(client, server);
        _links[link] = 0;
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
            await Task.WhenAny(PumpAsync(link, client, server, isRequest: true), PumpAsync(link, server, client, isRequest: false));
        }
        catch (Exception broken) when (broken is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The server is away: the client sees its connection end.
        }
        finally
        {
            link.Reset();
            _links.TryRemove(link, out _);
        }
    }

    private async Task PumpAsync(Link link, Socket from, Socket to, bool isRequest)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                var count = await from.ReceiveAsync(buffer, _stop.Token);
                if (count == 0)
                    return;
                while (_isSilent)
                    await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, _stop.Token);
                if (Delay > TimeSpan.Zero)
                    await Task.Delay(Delay, TimeProvider.System, _stop.Token);
                if (isRequest)
                    Note(link, buffer.AsSpan(0, count));
                else if (link.LosesAnswer)
                {
                    Interlocked.Increment(ref _lost);
                    return;
                }
                await to.SendAsync(buffer.AsMemory(0, count), _stop.Token);
            }
        }
        catch (Exception broken) when (broken is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Either side ended; the other is told by whoever waits for this.
        }
    }

    private void Note(Link link, ReadOnlySpan<byte> request)
    {
        if (_loses is not { } text || request.IndexOf(text) < 0)
            return;
        link.LosesAnswer = true;
        _loses = null;
    }

    private sealed class Link(Socket client, Socket server)
    {
        private volatile bool _losesAnswer;
        private int _isReset;

        public bool LosesAnswer
        {
            get => _losesAnswer;
            set => _losesAnswer = value;
        }

        /// <summary>Ends both sides with a reset, not with a farewell.</summary>
        public void Reset()
        {
            if (Interlocked.Exchange(ref _isReset, 1) == 1)
                return;
            foreach (var socket in new[] { client, server })
            {
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
                socket.Close();
            }
        }
    }
}
