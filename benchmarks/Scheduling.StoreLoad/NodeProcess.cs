using System.Diagnostics;

namespace Scheduling.Load;

/// <summary>A node process as the measuring process sees it.</summary>
internal sealed class NodeProcess : IDisposable
{
    private readonly Process _process;

    private NodeProcess(Process process) => _process = process;

    /// <summary>Starts a node and waits until it is ready to begin.</summary>
    public static async Task<NodeProcess> StartAsync(IEnumerable<string> words)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Scheduling.StoreLoad.dll"));
        foreach (var word in words)
            start.ArgumentList.Add(word);
        var node = new NodeProcess(Process.Start(start)!);
        while (await node._process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (string.Equals(line, "ready", StringComparison.Ordinal))
                return node;
            Console.WriteLine($"    {line}");
        }
        throw new InvalidOperationException("A node ended before it was ready.");
    }

    public static async Task<NodeProcess[]> StartAsync(int count, NodeSettings settings)
    {
        var nodes = new NodeProcess[count];
        for (var n = 0; n < count; n++)
            nodes[n] = await StartAsync(settings.ToWords());
        return nodes;
    }

    public void Go() => _process.StandardInput.WriteLine("go");

    /// <summary>Stops the node and reads what it has done.</summary>
    public async Task<NodeReport> StopAsync()
    {
        _process.StandardInput.Close();
        NodeReport? report = null;
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
            report = NodeReport.FromLine(line) ?? report;
        await _process.WaitForExitAsync();
        return report ?? throw new InvalidOperationException("A node ended without a report.");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
