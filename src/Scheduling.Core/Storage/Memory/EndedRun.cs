namespace Scheduling.Storage;

/// <summary>A job's last run. A struct inside the job, so that a run leaves no object behind that outlives it.</summary>
internal struct EndedRun
{
    private ExecutionId _id;
    private ExecutionStatus _status;
    private long _slot;
    private long _startedAt;
    private long _endedAt;

    /// <summary>Notes an execution that has just ended.</summary>
    public void Take(RunEntry run, long now)
    {
        _id = run.Id;
        _status = run.Status;
        _slot = run.Slots.Last;
        _startedAt = run.StartedAt;
        _endedAt = now;
    }

    /// <summary>What is told of it; null while no run has ended.</summary>
    public readonly RunSummary? ToSummary() => _status == default ? null : new()
    {
        Id = _id,
        Status = _status,
        ScheduledFor = Ticks.ToInstantOrNull(_slot),
        StartedAt = Ticks.ToInstantOrNull(_startedAt),
        EndedAt = Ticks.ToInstant(_endedAt),
    };
}
