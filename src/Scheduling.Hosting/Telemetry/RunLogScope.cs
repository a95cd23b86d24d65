using System.Collections;

namespace Scheduling.Hosting;

/// <summary>Says in every line that is logged during a run which run it is: the values Tenant, Job, Execution and Attempt.</summary>
internal sealed class RunLogScope(JobContext run) : IReadOnlyList<KeyValuePair<string, object?>>
{
    public int Count => 4;

    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new("Tenant", run.Tenant.Value),
        1 => new("Job", run.JobKey),
        2 => new("Execution", run.ExecutionId.ToString()),
        3 => new("Attempt", run.Attempt),
        _ => throw new ArgumentOutOfRangeException(nameof(index), index, "A run's scope has four values."),
    };

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // What plain text providers print.
    public override string ToString() => $"Tenant:{run.Tenant} Job:{run.JobKey} Execution:{run.ExecutionId} Attempt:{run.Attempt}";
}
