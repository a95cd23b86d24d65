using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Scheduling.Schedules;

namespace Scheduling.Hosting.Tests.Edges;

/// <summary>Ten thousand jobs at one moment, each a tenth of a second of work (faults A29, F1): what starts when is the order's and the places' doing, in virtual time.</summary>
public class BurstTests(ITestOutputHelper output)
{
    private const int Jobs = 10_000;
    private const int Places = 256;
    private static readonly Duration Work = Duration.FromMilliseconds(100);

    /// <summary>What the places need for all of it without the eighth that is kept for newcomers, and a quarter more, since a free place waits a little for company.</summary>
    private static readonly Duration Drain = Work * Jobs / (Places - (Places / 8)) * 5 / 4;

    private readonly List<(string Job, string Tenant, Duration Lag)> _starts = [];
    private int _running;
    private int _mostRunning;

    [Fact]
    public async Task Missed_TenThousandAtOnce_StartOldestFirstWithinThePlacesAndOnceEach()
    {
        await using var harness = new SchedulingHarness(Register, nodes: 0);
        var begin = harness.Now;
        for (var i = 0; i < Jobs; i++)
        {
            // Ten a second, in an order that is not that of the keys.
            var phase = Duration.FromSeconds(i * 7_919 % Jobs / 10);
            await harness.ForTenant("acme").CreateAsync(new JobDefinition { Key = $"{i}", Executor = "work", Schedule = Schedule.Interval(Duration.FromHours(1)), Anchor = begin + Duration.FromSeconds(1) + phase });
        }
        await harness.AdvanceByAsync(Duration.FromMinutes(210));
        var back = harness.Now;

        harness.AddNode();
        await harness.RunUntilIdleAsync();

        Assert.True(harness.Now - back <= Drain, $"It took {harness.Now - back}.");
        Assert.Equal(Jobs, _starts.Select(static start => start.Job).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Jobs, _starts.Count);
        Assert.InRange(_mostRunning, Places - (Places / 8), Places);
        var phases = _starts.ConvertAll(static start => int.Parse(start.Job, CultureInfo.InvariantCulture) * 7_919 % Jobs / 10);
        Assert.Equal(phases.Order(), phases);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(600)]
    public async Task OnTheHour_TenThousandAtOnce_NobodyWaitsForLongerThanThePlacesNeed(int spreadSeconds)
    {
        await using var harness = new SchedulingHarness(Register);
        await harness.AdvanceByAsync(Duration.FromMinutes(15));
        var schedule = Schedule.Cron("0 * * * *").WithSpread(spreadSeconds == 0 ? null : Duration.FromSeconds(spreadSeconds));
        for (var i = 0; i < Jobs; i++)
            await harness.ForTenant($"tenant-{i % 10}").CreateAsync(new JobDefinition { Key = $"{i}", Executor = "work", Schedule = schedule });
        for (var i = 0; i < 100; i++)
            await harness.ForTenant($"small-{i}").CreateAsync(new JobDefinition { Key = $"small-{i}", Executor = "work", Schedule = schedule });

        await harness.AdvanceByAsync(Duration.FromHours(1) + Duration.FromMinutes(15));

        Assert.Equal(Jobs + 100, _starts.Count);
        var lags = _starts.ConvertAll(static start => start.Lag);
        lags.Sort();
        var worstOfSmall = _starts.Where(static start => start.Tenant.StartsWith("small", StringComparison.Ordinal)).Max(static start => start.Lag);
        output.WriteLine($"spread {spreadSeconds} s: start delay p50 {lags[lags.Count / 2]}, p99 {lags[lags.Count * 99 / 100]}, most {lags[^1]}; of tenants with one job at most {worstOfSmall}");
        Assert.InRange(lags[0], Duration.Zero, Duration.Zero);
        Assert.True(lags[^1] <= (spreadSeconds == 0 ? Drain : Work), $"One waited for {lags[^1]}.");

        // Turns are served in rounds: who has one job does not wait for those who have a thousand.
        Assert.True(worstOfSmall <= lags[^1] / 2, $"A small tenant waited for {worstOfSmall}, and the last of all for {lags[^1]}.");
    }

    private void Register(SchedulingBuilder s) => s
        .Configure(static o => o.MaxConcurrentRuns = Places)
        .AddExecutor("work", async (services, run, ct) =>
        {
            var time = services.GetRequiredService<TimeProvider>();
            _starts.Add((run.JobKey!, run.Tenant.Value, run.StartedAt - run.DueAt));
            _mostRunning = Math.Max(_mostRunning, ++_running);
            await Task.Delay(Work.ToTimeSpan(), time, ct);
            _running--;
            return JobResult.Success();
        });
}
