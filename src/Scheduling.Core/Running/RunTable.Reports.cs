using Scheduling.Storage;

namespace Scheduling.Running;

/// <content>What runs report while they work.</content>
internal sealed partial class RunTable
{
    // A renewal must stay quick whatever runs report: the rest waits for the next one, or for the run's result.
    private const int MostEventsOfRenewal = 1_000;

    /// <summary>What the store has not heard yet of the runs that still work.</summary>
    public List<RunReport> Reports()
    {
        var reports = new List<RunReport>();
        var events = 0;
        lock (_gate)
        {
            foreach (var run in _runs.Values)
            {
                if (events >= MostEventsOfRenewal)
                    break;
                if (run.Phase != RunPhase.Running || run.Journal?.Unwritten() is not { } report)
                    continue;
                reports.Add(report);
                events += report.Events.Count;
            }
        }
        return reports;
    }

    /// <summary>The store has heard them, whatever it made of them.</summary>
    public void Reported(List<RunReport> reports)
    {
        lock (_gate)
        {
            foreach (var report in reports)
            {
                if (_runs.TryGetValue(report.Id, out var run) && run.Claim.Token == report.Token)
                    run.Journal?.Written(report);
            }
        }
    }
}
