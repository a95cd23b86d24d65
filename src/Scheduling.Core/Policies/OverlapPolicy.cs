namespace Scheduling.Policies;

/// <summary>What becomes of a slot that falls due while an execution of the same job, scheduled or manual, is not finished. The numbers are stored and never change.</summary>
public enum OverlapPolicy : byte
{
    /// <summary>The slot is recorded as Skipped and counted. The default.</summary>
    Skip = 0,

    /// <summary>One run waits for the current one to finish; further slots are Skipped.</summary>
    QueueOne = 1,

    /// <summary>The slot runs beside the current one.</summary>
    Allow = 2,
}
