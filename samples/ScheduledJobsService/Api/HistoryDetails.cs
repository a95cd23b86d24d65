using System.Diagnostics.CodeAnalysis;
using Scheduling;

namespace ScheduledJobsService.Api;

/// <summary>One run with its log.</summary>
internal sealed record HistoryDetails : HistoryEntry
{
    [SetsRequiredMembers]
    public HistoryDetails(Execution run, string log)
        : base(Of(run)) => Log = log;

    public string Log { get; }
}
