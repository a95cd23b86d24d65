using Scheduling;

namespace PollingService.Api;

/// <summary>The service's names of statuses, and the library's statuses behind them.</summary>
internal static class RunStatus
{
    private static readonly Dictionary<string, ExecutionStatus[]> Statuses = new(StringComparer.Ordinal)
    {
        ["IN_PROGRESS"] = [ExecutionStatus.Pending, ExecutionStatus.Running],
        ["COMPLETED"] = [ExecutionStatus.Succeeded],
        ["COMPLETED_WITH_ERRORS"] = [ExecutionStatus.CompletedWithErrors],
        ["FAILED"] = [ExecutionStatus.Failed, ExecutionStatus.TimedOut, ExecutionStatus.Cancelled, ExecutionStatus.Abandoned],
    };

    /// <summary>What a client asks for; without a status everything that ran or is to run, which leaves out slots without a run.</summary>
    public static IReadOnlyList<ExecutionStatus> Asked(string? name)
    {
        if (name is null)
            return [.. Statuses.Values.SelectMany(static each => each)];
        return Statuses.TryGetValue(name, out var statuses) ? statuses : throw InstanceBody.Invalid("status", $"status is unknown: give {string.Join(", ", Statuses.Keys)}.");
    }

    /// <summary>A run that says it persists its data shows that instead of being in progress.</summary>
    public static string NameOf(Execution run) =>
        run is { Status: ExecutionStatus.Running, Progress.Phase: "PERSISTING_DATA" } ? "PERSISTING_DATA" : Statuses.First(pair => pair.Value.Contains(run.Status)).Key;
}
