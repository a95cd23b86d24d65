using System.Globalization;
using Scheduling;

namespace Quickstart.Work;

/// <summary>Pulls a customer's data page by page. Made anew for each run, in a scope of its own, with what its constructor asks for.</summary>
internal sealed class SyncIntegration(Steps steps) : IJobExecutor
{
    private static readonly TimeSpan PerPage = TimeSpan.FromMinutes(1);

    public async ValueTask<JobResult> ExecuteAsync(JobContext run, CancellationToken ct)
    {
        var request = run.GetPayload(WorkJson.Default.SyncRequest);
        await steps.TakeAsync(run, request.Pages, PerPage, ct);

        // Three outcomes are the work's to choose: done, done but look at it, failed. Throwing is as good as failed.
        return request.Refused == 0
            ? JobResult.Success(string.Create(CultureInfo.InvariantCulture, $"{request.Pages} pages of {request.Source}"))
            : JobResult.CompletedWithErrors(string.Create(CultureInfo.InvariantCulture, $"{request.Source} refused {request.Refused} of {request.Pages} pages"));
    }
}
