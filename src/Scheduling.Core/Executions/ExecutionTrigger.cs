namespace Scheduling;

/// <summary>What caused an execution. The numbers are stored and never change.</summary>
public enum ExecutionTrigger : byte
{
    /// <summary>A slot of the job's schedule.</summary>
    Schedule = 0,

    /// <summary>Somebody asked for a run now.</summary>
    Manual = 1,
}
