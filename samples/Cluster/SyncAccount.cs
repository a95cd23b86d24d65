using System.Globalization;
using Scheduling;

namespace ClusterSample;

/// <summary>The work: it takes a while, and says so, that the supervisor can show who runs what.</summary>
internal sealed class SyncAccount(TimeProvider time) : IJobExecutor
{
    public async ValueTask<JobResult> ExecuteAsync(JobContext run, CancellationToken ct)
    {
        Say("begin", run);
        await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(50, 1_500)), time, ct);
        Say("end", run);
        return JobResult.Success();
    }

    private static void Say(string what, JobContext run) =>
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what} {run.Tenant}/{run.JobKey} {run.ExecutionId} {run.Attempt}"));
}
