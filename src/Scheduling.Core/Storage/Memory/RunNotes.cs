namespace Scheduling.Storage;

/// <summary>What an execution reported: kept beside it, so that rows of the many that report nothing stay small.</summary>
internal sealed class RunNotes
{
    public List<RunEvent> Events { get; } = [];

    public int Bytes { get; private set; }

    public RunProgress? Progress { get; private set; }

    public void Add(RunReport report)
    {
        foreach (var reported in report.Events)
        {
            if (reported.Number <= Events.Count)
                continue;
            Events.Add(reported);
            Bytes += reported.Bytes;
        }
        Progress = report.Progress ?? Progress;
    }
}
