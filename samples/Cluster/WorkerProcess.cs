using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace ClusterSample;

/// <summary>A worker as the supervisor sees it: a process that says what it begins and ends.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentDictionary<string, string> _running = new(StringComparer.Ordinal);
    private int _ended;

    private WorkerProcess(string node, Process process) => (Node, _process) = (node, process);

    public string Node { get; }

    public int Id => _process.Id;

    public bool IsAlive => !_process.HasExited;

    public int Ended => Volatile.Read(ref _ended);

    /// <summary>What it runs now, as <c>tenant/job</c>.</summary>
    public IReadOnlyList<string> Running => [.. _running.Values.Order(StringComparer.Ordinal)];

    /// <summary>How many runs it began that had begun before, somewhere.</summary>
    public int BegunAgain { get; private set; }

    public static WorkerProcess Start(string node, string connection)
    {
        var start = new ProcessStartInfo
        {
            FileName = Environment.ProcessPath!,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };

        // Under 'dotnet Cluster.dll' the process is dotnet itself, which needs the program's name.
        if (string.Equals(Path.GetFileNameWithoutExtension(start.FileName), "dotnet", StringComparison.Ordinal))
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Cluster.dll"));
        foreach (var word in new[] { "--worker", node, "--connection", connection })
            start.ArgumentList.Add(word);
        var worker = new WorkerProcess(node, Process.Start(start)!);
        worker._process.OutputDataReceived += (_, line) => worker.Hear(line.Data);
        worker._process.BeginOutputReadLine();
        return worker;
    }

    /// <summary>Kills it as the kernel does when memory runs out: no last words.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Asks it to stop, and waits.</summary>
    public async Task StopAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (IsAlive)
            _process.Kill();
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line?.Split(' ') is not [var what, var job, var execution, var attempt])
            return;
        if (string.Equals(what, "begin", StringComparison.Ordinal))
        {
            _running[execution] = job;
            if (int.Parse(attempt, CultureInfo.InvariantCulture) > 1)
                BegunAgain++;
            return;
        }
        _running.TryRemove(execution, out _);
        Interlocked.Increment(ref _ended);
    }
}
