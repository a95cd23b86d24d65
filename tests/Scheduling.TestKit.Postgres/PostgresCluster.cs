using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Scheduling.TestKit.Postgres;

/// <summary>A PostgreSQL server of a test's own: in a temporary folder, on a free loopback port, gone with the test, and also when the test's process is killed. Not thread-safe.</summary>
public sealed class PostgresCluster : IDisposable
{
    private readonly string _folder;
    private readonly bool _isDurable;
    private readonly List<string> _settings = [];
    private readonly IReadOnlyDictionary<string, string> _environment;
    private Process? _watch;
    private bool _isDisposed;

    private PostgresCluster(string folder, bool isDurable, IReadOnlyDictionary<string, string>? environment)
    {
        (_folder, _isDurable) = (folder, isDurable);
        _environment = environment ?? new Dictionary<string, string>(StringComparer.Ordinal);
        Port = FreePort();
    }

    /// <summary>The port on 127.0.0.1; the same after a restart.</summary>
    public int Port { get; }

    /// <summary>How to connect to the database that is there from the start, as its superuser.</summary>
    public string ConnectionString => ConnectionStringTo(Port);

    /// <summary>Whether this machine has the server's programs.</summary>
    public static bool IsInstalled => PostgresPrograms.Folder is not null;

    /// <summary>Makes and starts a server.</summary>
    /// <param name="isDurable">True for fsync as in production; false (the default) for speed.</param>
    /// <param name="settings">Further server settings, such as <c>max_connections=20</c>.</param>
    public static PostgresCluster Start(bool isDurable = false, params IReadOnlyList<string> settings) => Start(environment: null, isDurable, settings);

    /// <summary>Makes and starts a server.</summary>
    /// <param name="environment">What its processes find in their environment, such as a <see cref="SkewedClock"/>.</param>
    /// <param name="isDurable">True for fsync as in production; false (the default) for speed.</param>
    /// <param name="settings">Further server settings, such as <c>max_connections=20</c>.</param>
    public static PostgresCluster Start(IReadOnlyDictionary<string, string>? environment, bool isDurable = false, params IReadOnlyList<string> settings)
    {
        var folder = Path.Combine(Path.GetTempPath(), "scheduling-pg-" + Path.GetRandomFileName());
        PostgresPrograms.Require();
        Directory.CreateDirectory(folder);
        if (PostgresPrograms.IsRoot)
            RunAsRoot("chown", "postgres:", folder);
        var cluster = new PostgresCluster(folder, isDurable, environment);
        cluster._settings.AddRange(settings);
        try
        {
            PostgresPrograms.Run("initdb", "-D", cluster.Data, "-U", "scheduling", "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync");
            cluster.Start();
            cluster.Watch();
            return cluster;
        }
        catch
        {
            cluster.Dispose();
            throw;
        }
    }

    /// <summary>How to connect through another port, such as that of a proxy.</summary>
    public static string ConnectionStringTo(int port) => string.Create(
        CultureInfo.InvariantCulture,
        $"Host=127.0.0.1;Port={port};Username=scheduling;Database=postgres;SSL Mode=Disable;GSS Encryption Mode=Disable;Include Error Detail=true");

    /// <summary>Starts the server after a stop.</summary>
    public void Start()
    {
        var fsync = _isDurable ? "on" : "off";
        List<string> settings =
        [
            string.Create(CultureInfo.InvariantCulture, $"port={Port}"), "listen_addresses=127.0.0.1", "unix_socket_directories=", $"fsync={fsync}", $"full_page_writes={fsync}",
            "max_connections=100", "shared_buffers=128MB", "lc_messages=C", "timezone=UTC", "logging_collector=off", .. _settings,
        ];
        var options = string.Join(' ', settings.Select(static setting => $"-c {setting}"));
        PostgresPrograms.Run("pg_ctl", ["-D", Data, "-w", "-t", "60", "-l", Path.Combine(_folder, "log"), "-o", options, "start"], _environment);
    }

    /// <summary>Stops the server.</summary>
    /// <param name="mode"><c>fast</c> ends its sessions; <c>immediate</c> is a crash.</param>
    public void Stop(string mode = "fast")
    {
        PostgresPrograms.Run("pg_ctl", "-D", Data, "-w", "-t", "60", "-m", mode, "stop");
        NpgsqlConnection.ClearAllPools();
    }

    /// <summary>Stops and starts the server.</summary>
    public void Restart(string mode = "fast")
    {
        PostgresPrograms.Run("pg_ctl", "-D", Data, "-w", "-t", "60", "-m", mode, "stop");
        Start();
    }

    /// <summary>Changes server settings while it runs.</summary>
    public void Set(string name, string value)
    {
        using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"alter system set {name} = '{value}'";
        command.ExecuteNonQuery();
        command.CommandText = "select pg_reload_conf()";
        command.ExecuteNonQuery();
    }

    /// <summary>What the server has logged.</summary>
    public string Log() => File.ReadAllText(Path.Combine(_folder, "log"));

    /// <summary>What pg_dump writes of a schema.</summary>
    /// <param name="schema">The schema, quoted where its name needs it.</param>
    public string Dump(string schema)
    {
        var file = Path.Combine(_folder, Path.GetRandomFileName());
        PostgresPrograms.Run(
            "pg_dump", "--host=127.0.0.1", string.Create(CultureInfo.InvariantCulture, $"--port={Port}"), "--username=scheduling", "--dbname=postgres", $"--schema={schema}", $"--file={file}");
        return File.ReadAllText(file);
    }

    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        NpgsqlConnection.ClearAllPools();
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
            PostgresPrograms.Run("pg_ctl", "-D", Data, "-w", "-m", "immediate", "stop");
        _watch?.Kill();
        _watch?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Data => Path.Combine(_folder, "data");

    /// <summary>A shell that outlives this process, if that is killed, and takes the server and its folder away.</summary>
    private void Watch()
    {
        var stop = PostgresPrograms.IsRoot ? $"runuser -u postgres -- '{PostgresPrograms.Require()}/pg_ctl'" : $"'{PostgresPrograms.Require()}/pg_ctl'";
        var script = string.Create(
            CultureInfo.InvariantCulture,
            $"while kill -0 {Environment.ProcessId} 2>/dev/null; do sleep 1; done; {stop} -D '{Data}' -m immediate stop; rm -rf '{_folder}'");
        var start = new ProcessStartInfo("setsid") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var word in new[] { "sh", "-c", script })
            start.ArgumentList.Add(word);
        _watch = Process.Start(start);
    }

    private static void RunAsRoot(string file, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(file, arguments);
        process.WaitForExit();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
