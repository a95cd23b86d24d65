using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Scheduling.Hosting.Tests.Edges;

/// <summary>This test program once more, as a process of its own: what a process can be given, and what only a process can show (faults D5, D6, D8, E9, E10, E12, A12, A15).</summary>
public partial class ChildTests
{
    /// <summary>How long, in real time, a child may take before it hangs. No test depends on it to pass.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Process_WithoutGlobalizationAndZoneFiles_PassesTheLoopsTests()
    {
        var (code, output) = await RunAsync(
            ["--filter-class", typeof(LoopTests).FullName!, "--filter-class", typeof(ZoneScenarios).FullName!, "--explicit", "on"],
            ("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1"),
            ("TZDIR", "/none"),
            ("TZ", "Asia/Tokyo"));

        Assert.True(code == 0, output);
        Assert.InRange(Succeeded(output), 20, int.MaxValue);
    }

    [Fact]
    public async Task Process_With64MegabytesOfHeapAndOneProcessor_RunsTenThousandJobs()
    {
        var (code, output) = await RunAsync(
            ["--filter-class", typeof(SmallMachineScenarios).FullName!, "--explicit", "on"],
            ("DOTNET_GCHeapHardLimit", "0x4000000"),
            ("DOTNET_PROCESSOR_COUNT", "1"));

        Assert.True(code == 0, output);
        Assert.Equal(1, Succeeded(output));
    }

    [Fact]
    public async Task Process_WhoseExecutorThrowsInAsyncVoid_EndsAsItWouldWithoutUs()
    {
        var (code, output) = await RunAsync(["--filter-class", typeof(AsyncVoidScenarios).FullName!, "--explicit", "on"]);

        // Nothing of ours swallows it, and nothing of ours is told: the platform ends the process, and another node takes its work up.
        Assert.NotEqual(0, code);
        Assert.Contains("nobody can catch this", output, StringComparison.Ordinal);
    }

    /// <summary>Two processors, and so two threads that the pool has without thinking about it.</summary>
    [Fact]
    public async Task Process_WhosePoolHasNoThreadLeft_StartsAndGoesOn()
    {
        var (code, output) = await RunAsync(
            ["--filter-class", typeof(StarvedPoolScenarios).FullName!, "--explicit", "on"],
            ("DOTNET_PROCESSOR_COUNT", "2"));

        Assert.True(code == 0, output);
        Assert.Equal(2, Succeeded(output));
    }

    /// <summary>The heap has an end, and an executor finds it: its run fails, and the process does not.</summary>
    [Fact]
    public async Task Process_WhoseExecutorEatsTheHeap_FailsThatRunAndGoesOn()
    {
        var (code, output) = await RunAsync(
            ["--filter-class", typeof(MemoryHogScenarios).FullName!, "--explicit", "on"],
            ("DOTNET_GCHeapHardLimit", "0x8000000"));

        Assert.True(code == 0, output);
        Assert.Equal(1, Succeeded(output));
    }

    private static int Succeeded(string output) => int.Parse(SucceededLine().Match(output).Groups["count"].Value, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"succeeded: (?<count>\d+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex SucceededLine();

    private static async Task<(int Code, string Output)> RunAsync(string[] words, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in (string[])["exec", typeof(ChildTests).Assembly.Location, "--no-ansi", "--no-progress", .. words])
            start.ArgumentList.Add(word);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var child = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            var (output, errors) = (child.StandardOutput.ReadToEndAsync(patience.Token), child.StandardError.ReadToEndAsync(patience.Token));
            await child.WaitForExitAsync(patience.Token);
            return (child.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            child.Kill(entireProcessTree: true);
            throw;
        }
    }
}
