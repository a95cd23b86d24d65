using NodaTime;
using Scheduling.Planning;

namespace Scheduling.Storage;

/// <summary>
/// Computes next runs anew when a process comes with newer zone data. All jobs at once: the zone data of a process do not change while it lives, so that this happens only where a program makes a
/// second scheduler with others on one store. Needs the store's lock.
/// </summary>
internal sealed class MemoryZones(MemoryState state, DuePlanner planner, Instant now)
{
    /// <summary>The version that the store's next runs were computed by until now, when that was an older one.</summary>
    public string? Before { get; private set; }

    /// <summary>The version of the store's zone data, when that is newer than the process's.</summary>
    public string? Newer { get; private set; }

    /// <summary>How many next runs changed.</summary>
    public int Revised { get; private set; }

    public void Run()
    {
        var stored = state.Zones;
        var version = planner.Zones.VersionId;
        var seen = ZoneWalk.Seen(stored, version, now);
        Newer = seen.NewerThan(version);
        if (seen.IsOn)
        {
            Before = string.Equals(stored?.Version, version, StringComparison.Ordinal) ? null : stored?.Version;
            foreach (var job in state.Jobs.Values.Where(static job => DuePlanner.DependsOnZones(job.Definition.Schedule)).ToArray())
                Revise(job);
        }
        state.Zones = seen.Walked(last: null);
    }

    private void Revise(JobEntry job)
    {
        if (planner.Revise(job.ToJob(), now) is not { } plan)
            return;
        job.Take(plan);
        state.Place(job, Ticks.Of(now));
        Revised++;
    }
}
