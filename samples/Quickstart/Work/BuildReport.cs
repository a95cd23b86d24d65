using System.Globalization;
using Scheduling;

namespace Quickstart.Work;

/// <summary>Builds a report section by section.</summary>
internal sealed class BuildReport(Steps steps) : IJobExecutor
{
    private static readonly TimeSpan PerSection = TimeSpan.FromMinutes(5);

    public async ValueTask<JobResult> ExecuteAsync(JobContext run, CancellationToken ct)
    {
        var request = run.GetPayload(WorkJson.Default.ReportRequest);
        await steps.TakeAsync(run, request.Sections, PerSection, ct);

        // What passed while the job was late is counted into the run that makes up for it, so a report can cover it.
        return JobResult.Success(string.Create(CultureInfo.InvariantCulture, $"{request.Title}, {request.Sections} sections{(run.MissedCount > 0 ? $", {run.MissedCount} late" : "")}"));
    }
}
