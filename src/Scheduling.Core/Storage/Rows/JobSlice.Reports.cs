namespace Scheduling.Storage.Rows;

/// <content>What runs report.</content>
internal sealed partial class JobSlice
{
    /// <summary>Takes in what a process reports of a run, unless it does not have the run any more.</summary>
    /// <param name="owner">The process.</param>
    /// <param name="report">What it reports.</param>
    public void Report(OwnerId owner, RunReport report)
    {
        if (Find(report.Id) is { Status: ExecutionStatus.Running } run && run.Owner == owner && run.Token == report.Token)
            Report(run, report);
    }

    private void Report(RunRow run, RunReport? report)
    {
        if (report is null || Due.IsDeleted)
            return;
        foreach (var reported in report.Events)
        {
            if (reported.Number <= run.EventCount)
                continue;
            run.EventCount = reported.Number;
            run.EventBytes += reported.Bytes;
            (_events ??= []).Add((run.Id, reported));
        }
        run.Progress = report.Progress ?? run.Progress;
        run.IsChanged = true;
    }
}
