using System.Diagnostics.CodeAnalysis;
using Scheduling;

namespace ScheduledJobsService.Api;

/// <summary>One job with its latest runs.</summary>
internal sealed record ScheduledJobDetails : ScheduledJob
{
    [SetsRequiredMembers]
    public ScheduledJobDetails(Job job, IReadOnlyList<Execution> runs)
        : base(Of(job)) => History = [.. runs.Select(HistoryEntry.Of)];

    /// <summary>The latest runs that have ended, newest first.</summary>
    public IReadOnlyList<HistoryEntry> History { get; }
}
