using Scheduling;

namespace Quickstart.Work;

/// <summary>Pushes an export to a bucket that does not want it: every run fails, as work does in real life, and nothing else minds.</summary>
internal sealed class PushExport(Steps steps) : IJobExecutor
{
    private static readonly TimeSpan UntilRefused = TimeSpan.FromMinutes(3);

    public async ValueTask<JobResult> ExecuteAsync(JobContext run, CancellationToken ct)
    {
        var request = run.GetPayload(WorkJson.Default.PushRequest);
        await steps.TakeAsync(run, count: 3, UntilRefused, ct);
        throw new IOException($"{request.Bucket}: 403 Forbidden");
    }
}
