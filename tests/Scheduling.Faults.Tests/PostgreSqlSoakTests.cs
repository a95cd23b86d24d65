using System.Globalization;
using Scheduling.TestKit.Postgres;

namespace Scheduling.Faults.Tests;

/// <summary>Faults at random, one after another, for as long as the environment says; then the count.</summary>
/// <remarks>
/// <c>SCHEDULING_SOAK_SECONDS</c> is the length (default 15), <c>SCHEDULING_SEED</c> repeats the order of the faults. A long one:
/// <c>SCHEDULING_SOAK_SECONDS=600 dotnet test --project tests/Scheduling.Faults.Tests --filter-class "*PostgreSqlSoakTests"</c>.
/// </remarks>
public sealed class PostgreSqlSoakTests(PostgreSqlServer server, ITestOutputHelper output) : IClassFixture<PostgreSqlServer>
{
    private const int Workers = 3;

    [Fact]
    public async Task Soak_FaultsAtRandom_EverySlotIsInExactlyOneRow()
    {
        var seed = Setting("SCHEDULING_SEED") ?? Random.Shared.Next();
        var seconds = Setting("SCHEDULING_SOAK_SECONDS") ?? 15;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"SCHEDULING_SEED={seed} SCHEDULING_SOAK_SECONDS={seconds}"));
        var random = new Random(seed);
        await using var proxy = new FaultProxy(server.Cluster.Port);
        await using var world = await server.CreateWorldAsync(worker: PostgresCluster.ConnectionStringTo(proxy.Port));
        List<Job> jobs = [];
        for (var n = 0; n < 6; n++)
            jobs.Add(await world.EveryAsync($"job-{n}", 1 + (n % 3), milliseconds: 100 * n));
        var workers = Enumerable.Range(1, Workers).Select(n => world.Start($"node-{n}")).ToList();
        var since = TimeProvider.System.GetTimestamp();
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        await world.UntilAsync(() => world.Lines.Count > 0);

        while (TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(seconds))
        {
            var fault = await DisturbAsync(random, world, proxy, workers);
            counts[fault] = counts.GetValueOrDefault(fault) + 1;
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(2_000)), TimeProvider.System, TestContext.Current.CancellationToken);
        }
        var due = await world.SettleAndCheckAsync(jobs);

        var begun = world.Lines.Count(static line => !line.IsEnd);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{due} slots due, each in one row; {begun} runs begun, {world.Lines.Count(static line => line is { IsEnd: false, Attempt: > 1 })} of them again; {string.Join(", ", counts.Select(static pair => $"{pair.Value} × {pair.Key}"))}"));
        Assert.True(due > 5);
    }

    private async Task<string> DisturbAsync(Random random, World world, FaultProxy proxy, List<WorkerProcess> workers)
    {
        var place = random.Next(workers.Count);
        switch (random.Next(6))
        {
            case 0:
                workers[place].Kill();
                workers[place] = world.Start(string.Create(CultureInfo.InvariantCulture, $"node-{place + 1}-{random.Next(1_000_000)}"));
                return "kill";
            case 1:
                workers[place].Freeze();
                await PauseAsync(random.Next(500, 8_000));
                workers[place].Thaw();
                return "freeze";
            case 2:
                proxy.ResetAll();
                return "reset";
            case 3:
                proxy.IsSilent = true;
                await PauseAsync(random.Next(200, 6_000));
                proxy.IsSilent = false;
                return "silence";
            case 4:
                proxy.LoseAnswerTo(random.Next(2) == 0 ? ".runs" : ".executions");
                return "lost answer";
            default:
                server.Cluster.Restart(random.Next(2) == 0 ? "fast" : "immediate");
                return "restart";
        }
    }

    private static Task PauseAsync(int milliseconds) => Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System, TestContext.Current.CancellationToken);

    private static int? Setting(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
