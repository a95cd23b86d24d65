using System.Diagnostics;
using System.Globalization;
using System.Text;
using Scheduling.TestKit.Postgres;

namespace Scheduling.Faults.Tests;

/// <summary>A worker in a process of its own, which a test kills, freezes and stops. Only processes that were started here are ever signalled.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private WorkerProcess(WorkerSettings settings, Process process) => (Settings, _process) = (settings, process);

    public WorkerSettings Settings { get; }

    public bool IsAlive => !_process.HasExited;

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <param name="settings">What it is told.</param>
    /// <param name="clock">Its own wall clock; null for the machine's.</param>
    /// <param name="under">A program that starts it in its turn, with its own words.</param>
    public static WorkerProcess Start(WorkerSettings settings, SkewedClock? clock = null, params IReadOnlyList<string> under)
    {
        IReadOnlyList<string> command = [.. under, "dotnet"];
        var start = new ProcessStartInfo(command[0]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in command.Skip(1))
            start.ArgumentList.Add(word);
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Scheduling.Faults.Worker.dll"));
        foreach (var word in settings.ToWords())
            start.ArgumentList.Add(word);

        // A worker needs little, and many of them share a small machine.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_gcServer"] = "0";
        foreach (var (name, value) in clock?.Environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
            start.Environment[name] = value;
        var worker = new WorkerProcess(settings, Process.Start(start)!);
        worker._process.OutputDataReceived += (_, line) => worker.Hear(line.Data);
        worker._process.ErrorDataReceived += (_, line) => worker.Hear(line.Data);
        worker._process.BeginOutputReadLine();
        worker._process.BeginErrorReadLine();
        return worker;
    }

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Freeze() => Signal("STOP");

    public void Thaw() => Signal("CONT");

    /// <summary>Asks the worker to stop and waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        _process.StandardInput.Close();
        return await ExitAsync();
    }

    public async Task<int> ExitAsync()
    {
        using var patience = new CancellationTokenSource(World.Patience, TimeProvider.System);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (IsAlive)
            Kill();
        _process.Dispose();
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    private void Hear(string? line)
    {
        lock (_output)
            _output.AppendLine(line);
    }
}
