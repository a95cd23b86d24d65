using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NodaTime;
using Scheduling.Hosting;

namespace Scheduling.Promise;

/// <summary>The executor of every job of a scenario: notes its starts, and works as the job's key says.</summary>
internal sealed class PromiseWork
{
    private readonly ConcurrentQueue<PromiseStart> _starts = new();
    private SchedulingHarness _harness = null!;
    private Func<Instant> _highest = null!;

    public IReadOnlyCollection<PromiseStart> Starts => _starts;

    public void Bind(SchedulingHarness harness, Func<Instant> highest) => (_harness, _highest) = (harness, highest);

    /// <summary>A key that says how its job's work goes: how long it takes, whether it fails at first, whether it obeys its token.</summary>
    public static string KeyOf(int number, int amount) => FormattableString.Invariant($"job-{number}-takes-{Seconds(amount)}{(amount % 5 == 3 ? "-fails" : "")}{(amount % 7 == 4 ? "-deaf" : "")}");

    public async ValueTask<JobResult> ExecuteAsync(IServiceProvider services, JobContext run, CancellationToken ct)
    {
        var time = services.GetRequiredService<TimeProvider>();
        var node = services.GetRequiredService<IOptions<SchedulingOptions>>().Value.Node;
        var start = new PromiseStart(run, node, _harness.Now, _highest(), _harness.Time.Elapsed);
        _starts.Enqueue(start);
        var takes = int.Parse(run.JobKey.Split('-')[3], System.Globalization.CultureInfo.InvariantCulture);
        try
        {
            if (takes > 0)
                await Task.Delay(TimeSpan.FromSeconds(takes), time, run.JobKey.EndsWith("-deaf", StringComparison.Ordinal) ? CancellationToken.None : ct);
        }
        catch (OperationCanceledException)
        {
            start.MayStartAgain = run.CancelReason == RunCancelReason.Stopping || (run.CancelReason == RunCancelReason.Timeout && run.JobKey.Contains("-fails", StringComparison.Ordinal));
            throw;
        }
        if (!run.JobKey.Contains("-fails", StringComparison.Ordinal) || run.Attempt > 1)
            return JobResult.Success($"token {run.Token}");
        start.MayStartAgain = true;
        return JobResult.Failed($"token {run.Token}");
    }

    private static int Seconds(int amount) => (amount % 6) switch
    {
        0 or 1 => 0,
        2 => 3,
        3 => 20,
        4 => 45,
        _ => 100,
    };
}
