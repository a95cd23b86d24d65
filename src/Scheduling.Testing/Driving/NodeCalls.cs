namespace Scheduling.Testing;

/// <summary>Puts the store calls of one node on the harness's thread, in its order.</summary>
internal sealed class NodeCalls(Driver driver, Transcript transcript, IdleLooks looks) : IStoreCallSchedule
{
    /// <summary>The node; null for the calls of the test itself, which come and go at once.</summary>
    public HarnessNode? Node { get; set; }

    public bool GivesWay => Node is not null && driver.Interleaves;

    public bool IsGone => Node is { IsGone: true };

    public void Resume(TaskCompletionSource waiting) => driver.Add(Node, waiting);

    public void Changed() => driver.Changed();

    public void Written(Job job)
    {
        transcript.Know(job.Id, job.Tenant, job.Key);
        looks.Doubt();
    }
}
