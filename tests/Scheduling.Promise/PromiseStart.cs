using NodaTime;

namespace Scheduling.Promise;

/// <summary>A start of user code as it saw itself.</summary>
internal sealed class PromiseStart(JobContext run, string node, Instant now, Instant highest, Duration at)
{
    public JobContext Run { get; } = run;

    public string Node { get; } = node;

    /// <summary>What the store's clock showed.</summary>
    public Instant Now { get; } = now;

    /// <summary>The latest that the store's clock had ever shown: it may have gone back since.</summary>
    public Instant Highest { get; } = Instant.Max(now, highest);

    /// <summary>When it was, on the monotonic clock.</summary>
    public Duration At { get; } = at;

    /// <summary>Whether it ended in a failure that the job's retries may follow, or gave its run back because its node stopped.</summary>
    public bool MayStartAgain { get; set; }

    public override string ToString() => $"{Run.JobKey} {Run.ExecutionId}: attempt {Run.Attempt}, token {Run.Token} on {Node} at {Now}";
}
