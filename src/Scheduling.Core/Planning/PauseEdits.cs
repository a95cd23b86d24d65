using NodaTime;

namespace Scheduling.Planning;

/// <summary>What pausing and resuming mean for a tenant, an executor or both. Pure: a store calls it with the pause in force and its own now, and writes what comes back.</summary>
internal static class PauseEdits
{
    /// <summary>Begins a pause, or changes who, why and until when of the one in force.</summary>
    /// <exception cref="SchedulingValidationException">The pause would end before it began.</exception>
    public static ScopedPause Pause(ScopedPause? current, PauseScope scope, Pause pause, Instant now)
    {
        JobEdits.RequireAfter(pause.Until, now);
        var wanted = pause with { Since = current?.Pause.Since ?? now };
        return current?.Pause == wanted ? current : new ScopedPause { Scope = scope, Pause = wanted };
    }

    /// <summary>Ends the pause in force, if there is one.</summary>
    public static ScopedPause? Resume(ScopedPause? current, Instant now) => current is null ? null : current with { ResumedAt = now };
}
