using System.Globalization;
using Scheduling.TestKit.Postgres;

namespace Scheduling.Faults.Tests;

/// <summary>Wall clocks that are wrong or jump, of workers and of the server, with real processes: the database's clock judges what is due and who is lost, and nothing is lost or doubled.</summary>
public sealed class PostgreSqlClockTests(PostgreSqlServer server) : IClassFixture<PostgreSqlServer>
{
    private const string NoCompiler = "There is no C compiler here, so no process can have a clock of its own.";

    /// <summary>How the log begins to tell of a wrong clock, which it does once for each worker that has one.</summary>
    private const string SkewTold = "This node's clock is";

    /// <summary>A30: one worker's clock is ten minutes ahead, another's ten minutes behind.</summary>
    [Fact]
    public async Task Clocks_OneAheadAndOneBehind_LoseAndDoubleNothing()
    {
        Assert.SkipUnless(SkewedClock.IsAvailable, NoCompiler);
        using var ahead = new SkewedClock(TimeSpan.FromMinutes(10));
        using var behind = new SkewedClock(TimeSpan.FromMinutes(-10));
        await using var world = await server.CreateWorldAsync();
        List<Job> jobs = await StartJobsAsync(world);
        var right = world.Start("right");
        var fast = world.Start("ahead", clock: ahead);
        var slow = world.Start("behind", clock: behind);
        string[] nodes = ["right", "ahead", "behind"];

        await world.UntilAsync(() => nodes.All(node => world.Lines.Count(line => string.Equals(line.Node, node, StringComparison.Ordinal)) >= 4));

        Assert.True(await world.SettleAndCheckAsync(jobs) > 5);
        await CheckTimesAsync(world, jobs);
        var now = TimeProvider.System.GetUtcNow();
        Assert.All(world.Lines.Where(static line => string.Equals(line.Node, "ahead", StringComparison.Ordinal)), line => Assert.True(line.At > now, "the clock was not ahead"));
        Assert.All(world.Lines.Where(static line => string.Equals(line.Node, "behind", StringComparison.Ordinal)), line => Assert.True(line.At < jobs[0].CreatedAt.ToDateTimeOffset(), "the clock was not behind"));
        Assert.DoesNotContain(SkewTold, right.Output, StringComparison.Ordinal);
        foreach (var (worker, sign) in new[] { (fast, ""), (slow, "-") })
        {
            var told = worker.Output.Split(SkewTold);
            Assert.Equal(2, told.Length);
            Assert.Matches($"^ {sign}00:(09:59|10:00)", told[1]);
        }
    }

    /// <summary>A23, A24: a worker's clock jumps an hour ahead and two hours back while it works; it neither runs anything again nor sleeps until its own clock is right.</summary>
    [Fact]
    public async Task Clock_OfTheOnlyWorkerJumps_ItGoesOnAndDoublesNothing()
    {
        Assert.SkipUnless(SkewedClock.IsAvailable, NoCompiler);
        using var clock = new SkewedClock();
        await using var world = await server.CreateWorldAsync();
        List<Job> jobs = await StartJobsAsync(world);
        world.Start("jumping", clock: clock);
        await MoreAsync(world, 6);

        foreach (var hours in new[] { 1, -2, 0, 24, -24 })
        {
            clock.Offset = TimeSpan.FromHours(hours);
            await MoreAsync(world, 8);
        }
        Assert.True(world.Lines.Max(static line => line.At) - world.Lines.Min(static line => line.At) > TimeSpan.FromHours(40), "the worker's clock did not jump");

        Assert.True(await world.SettleAndCheckAsync(jobs) > 5);
        await CheckTimesAsync(world, jobs);
    }

    /// <summary>A27: a machine sleeps for three days, by its clock: it wakes without its lease, gives up what it had and goes on; the other one has done the work.</summary>
    [Fact]
    public async Task Suspend_BeyondTheLeaseWithTheClockThreeDaysOn_LosesAndDoublesNothing()
    {
        Assert.SkipUnless(SkewedClock.IsAvailable, NoCompiler);
        using var clock = new SkewedClock();
        await using var world = await server.CreateWorldAsync();
        List<Job> jobs = await StartJobsAsync(world);
        var sleeper = world.Start("sleeper", clock: clock);
        world.Start("awake");
        await world.UntilAsync(() => world.Lines.Any(static line => string.Equals(line.Node, "sleeper", StringComparison.Ordinal)));

        sleeper.Freeze();
        clock.Offset = TimeSpan.FromDays(3);
        await Task.Delay(TimeSpan.FromSeconds(8), TimeProvider.System, TestContext.Current.CancellationToken);
        sleeper.Thaw();
        var before = world.Lines.Count(static line => string.Equals(line.Node, "sleeper", StringComparison.Ordinal));
        await world.UntilAsync(() => world.Lines.Count(static line => string.Equals(line.Node, "sleeper", StringComparison.Ordinal)) > before + 2);

        Assert.True(await world.SettleAndCheckAsync(jobs) > 5);
    }

    /// <summary>A31: the server's clock jumps an hour ahead, as after a fail-over: nobody's lease is judged by it, so work in progress is not started a second time.</summary>
    [Fact]
    public async Task Clock_OfTheServerJumpsAhead_ExpiresNoLease()
    {
        Assert.SkipUnless(SkewedClock.IsAvailable, NoCompiler);
        using var clock = new SkewedClock();
        using var skewed = new PostgreSqlServer(PostgresCluster.Start(clock.Environment));
        await using var world = await skewed.CreateWorldAsync();
        List<Job> longOnes = [];
        for (var n = 0; n < 6; n++)
            longOnes.Add(await world.OnceAsync(string.Create(CultureInfo.InvariantCulture, $"long-{n}"), milliseconds: 12_000));
        for (var node = 1; node <= 2; node++)
            world.Start(string.Create(CultureInfo.InvariantCulture, $"node-{node}"), change: static settings => settings with { LeaseMilliseconds = 20_000, Places = 3 });
        await world.UntilAsync(() => world.Lines.Count == 6);

        clock.Offset = TimeSpan.FromHours(1);

        Assert.True((await world.Store.Claims.InspectAsync(default)).StoreNow.ToDateTimeOffset() > TimeProvider.System.GetUtcNow().AddMinutes(50), "the server's clock did not jump");
        foreach (var job in longOnes)
            Assert.Equal((ExecutionStatus.Succeeded, 1), await EndOfAsync(world, job));
        Assert.Equal(6, world.Lines.Count(static line => !line.IsEnd));
    }

    /// <summary>A31: the server's clock goes back while jobs come every second: no slot runs again, and what is due by the old time is waited for.</summary>
    [Fact]
    public async Task Clock_OfTheServerGoesBack_RunsNothingAgain()
    {
        Assert.SkipUnless(SkewedClock.IsAvailable, NoCompiler);
        using var clock = new SkewedClock();
        using var skewed = new PostgreSqlServer(PostgresCluster.Start(clock.Environment));
        await using var world = await skewed.CreateWorldAsync();
        List<Job> jobs = await StartJobsAsync(world);
        for (var node = 1; node <= 2; node++)
            world.Start(string.Create(CultureInfo.InvariantCulture, $"node-{node}"));
        await MoreAsync(world, 8);

        clock.Offset = TimeSpan.FromSeconds(-10);
        Assert.True((await world.Store.Claims.InspectAsync(default)).StoreNow.ToDateTimeOffset() < TimeProvider.System.GetUtcNow().AddSeconds(-5), "the server's clock did not go back");
        await MoreAsync(world, 8);

        Assert.True(await world.SettleAndCheckAsync(jobs) > 5);
    }

    private static async Task<List<Job>> StartJobsAsync(World world) =>
        [await world.EveryAsync("a", 1), await world.EveryAsync("b", 1, milliseconds: 300), await world.EveryAsync("c", 2, milliseconds: 50), await world.EveryAsync("d", 1, milliseconds: 100)];

    private static Task MoreAsync(World world, int lines)
    {
        var before = world.Lines.Count;
        return world.UntilAsync(() => world.Lines.Count >= before + lines);
    }

    private static async Task<(ExecutionStatus Status, int Attempt)> EndOfAsync(World world, Job job)
    {
        var ended = await world.EndOfAsync(job);
        return (ended.Status, ended.Attempt);
    }

    /// <summary>Whatever a worker's clock showed, rows have times of the database's: of the few minutes that the test took.</summary>
    private static async Task CheckTimesAsync(World world, List<Job> jobs)
    {
        var last = (await world.Store.Claims.InspectAsync(default)).StoreNow;
        foreach (var row in (await Task.WhenAll(jobs.Select(world.RowsAsync))).SelectMany(static rows => rows))
        {
            Assert.InRange(row.CreatedAt, jobs[0].CreatedAt, last);
            Assert.InRange(row.EndedAt!.Value, jobs[0].CreatedAt, last);
        }
    }
}
