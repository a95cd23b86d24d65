using System.Diagnostics;

namespace Scheduling.TestKit.Postgres;

/// <summary>The server programs of PostgreSQL on this machine, and how to run them: not as root, which PostgreSQL refuses.</summary>
internal static class PostgresPrograms
{
    private const string Account = "postgres";

    public static bool IsRoot { get; } = string.Equals(Environment.UserName, "root", StringComparison.Ordinal);

    /// <summary>The folder of initdb and pg_ctl; null when they are not installed.</summary>
    public static string? Folder { get; } = Find();

    public static string Require() => Folder
        ?? throw new InvalidOperationException("PostgreSQL's server programs (initdb, pg_ctl) are not installed: './test.sh' installs Debian's packages as root or with sudo, or install 'postgresql' yourself.");

    /// <summary>Runs a server program to its end.</summary>
    public static void Run(string program, params IReadOnlyList<string> arguments) => Execute(Path.Combine(Require(), program), arguments);

    /// <summary>Runs a server program to its end, with something more in its environment.</summary>
    public static void Run(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment) => Execute(Path.Combine(Require(), program), arguments, environment);

    /// <summary>Runs any program to its end, as the server's account when this process is root.</summary>
    public static void Execute(string file, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = Path.GetTempPath() };
        if (IsRoot)
        {
            start.FileName = "runuser";
            foreach (var word in new[] { "-u", Account, "--", file })
                start.ArgumentList.Add(word);
        }
        else
        {
            start.FileName = file;
        }
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
            start.Environment[name] = value;
        using var process = Process.Start(start)!;

        // The server inherits the output of pg_ctl, so the reading must not wait for its end.
        var output = new System.Text.StringBuilder();
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(output, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(TimeSpan.FromMinutes(2)))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{Path.GetFileName(file)} did not end within 2 minutes: {output}");
        }
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{Path.GetFileName(file)} ended with code {process.ExitCode}: {output}");
    }

    private static void Append(System.Text.StringBuilder output, string? line)
    {
        lock (output)
            output.AppendLine(line);
    }

    private static string? Find()
    {
        const string debian = "/usr/lib/postgresql";
        if (Directory.Exists(debian))
        {
            var newest = Directory.GetDirectories(debian).OrderByDescending(static folder => int.TryParse(Path.GetFileName(folder), System.Globalization.CultureInfo.InvariantCulture, out var version) ? version : 0)
                .Select(static folder => Path.Combine(folder, "bin")).FirstOrDefault(HasServer);
            if (newest is not null)
                return newest;
        }
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).FirstOrDefault(HasServer);
    }

    private static bool HasServer(string folder) => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl"));
}
