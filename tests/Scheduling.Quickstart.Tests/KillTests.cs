using System.Diagnostics;
using Quickstart.Storage;

namespace Quickstart.Tests;

/// <summary>The whole program in a process of its own, killed in the middle and started again on its file.</summary>
public sealed class KillTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("scheduling-quickstart-");

    private string Store => Path.Combine(_folder.FullName, "jobs.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Start_AfterAKill_RunsWhatWasCutOffAgainAndLosesNothing()
    {
        // The long job takes ten hours of the fast clock, so it is in the middle when the short one has ended a few times.
        var jobs = Path.Combine(_folder.FullName, "jobs.json");
        await File.WriteAllTextAsync(
            jobs,
            """
            { "jobs": [
                { "tenant": "acme", "key": "long", "executor": "integration.sync", "payload": { "source": "x", "pages": 600 }, "schedule": { "frequencyType": "CRON_BASED", "cronExpression": "0 19 * * *" } },
                { "tenant": "acme", "key": "short", "executor": "cleanup", "schedule": { "frequencyType": "INTERVAL_BASED", "intervalMinutes": 15 } } ] }
            """,
            TestContext.Current.CancellationToken);

        using (var first = Start(jobs, speed: 1_440))
        {
            await UntilAsync(first, static line => line.Contains("kept in jobs.db", StringComparison.Ordinal));
            for (var runs = 0; runs < 8; runs++)
                await UntilAsync(first, static line => line.Contains("short", StringComparison.Ordinal));
            first.Kill();
            await first.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        using var second = Start(jobs, speed: 10_080);
        await UntilAsync(second, static line => line.Contains(" goes on with jobs.db: ", StringComparison.Ordinal) && line.EndsWith(" runs before, 1 cut off, to run again", StringComparison.Ordinal));
        await UntilAsync(second, static line => line.Contains("long", StringComparison.Ordinal) && line.EndsWith("600 pages of x, attempt 2", StringComparison.Ordinal));
        using (var stop = Process.Start("kill", ["-TERM", second.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            await stop.WaitForExitAsync(TestContext.Current.CancellationToken);
        var end = await second.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await second.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, second.ExitCode);
        Assert.Contains("Begun more than once, as their process was killed or stopped: 1. Each has one row all the same.", end, StringComparison.Ordinal);
        Assert.Contains(" slots came due: 0 lost, 0 doubled.", end, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Begin_AFileThatAnotherHolds_IsRefused()
    {
        var (held, _, _) = await StoreFile.BeginAsync(Store, ["acme"], NodaTime.NodaConstants.UnixEpoch);
        using (held)
        {
            var (second, _, problem) = await StoreFile.BeginAsync(Store, ["acme"], NodaTime.NodaConstants.UnixEpoch);
            Assert.Null(second);
            Assert.Contains("another quickstart works on it", problem, StringComparison.Ordinal);
        }
        var (third, beginning, none) = await StoreFile.BeginAsync(Store, ["acme"], NodaTime.NodaConstants.UnixEpoch);
        third!.Dispose();
        Assert.Null(none);
        Assert.Equal(("jobs.db", EarlierRuns.None), (beginning.Store, beginning.Earlier));
    }

    [Fact]
    public async Task Begin_AFileThatIsNoDatabase_IsRefusedAndLeftAlone()
    {
        await File.WriteAllTextAsync(Store, new string('x', 8_192), TestContext.Current.CancellationToken);

        var (file, _, problem) = await StoreFile.BeginAsync(Store, ["acme"], NodaTime.NodaConstants.UnixEpoch);

        Assert.Null(file);
        Assert.Contains("no SQLite database", problem, StringComparison.Ordinal);
        Assert.Equal(8_192, new FileInfo(Store).Length);
    }

    private Process Start(string jobs, int speed)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var word in new[] { Path.Combine(AppContext.BaseDirectory, "Quickstart.dll"), "--plain", "--jobs", jobs, "--store", Store, "--speed", speed.ToString(System.Globalization.CultureInfo.InvariantCulture) })
            start.ArgumentList.Add(word);
        return Process.Start(start)!;
    }

    private static async Task UntilAsync(Process process, Func<string, bool> found)
    {
        using var over = new CancellationTokenSource(Patience, TimeProvider.System);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken, over.Token);
        var seen = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            seen.Add(line);
            if (found(line))
                return;
        }
        Assert.Fail("The program ended:\n" + string.Join('\n', seen));
    }
}
