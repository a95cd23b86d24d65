using System.Globalization;
using NodaTime;
using Scheduling.Schedules;

namespace Scheduling.Policies;

/// <summary>Which jobs a tenant may have and how often it may ask for runs. Set by the operator (<see cref="IAdmissionPolicy"/>), never by the tenant.</summary>
/// <remarks>
/// Checked when a job is created, when it is changed (only what the change touches, so that jobs that were there before a rule was tightened can still be renamed or paused), and when a run is asked for. Jobs that are
/// there are never stopped by a rule; for that see <see cref="TenantLimits"/> and pauses. Immutable and thread-safe.
/// </remarks>
public sealed record AdmissionRules
{
    private readonly int? _maximumJobs;
    private readonly Duration? _minimumSpacing;
    private readonly int? _maximumPayloadBytes;

    /// <summary>Everything is allowed. The default.</summary>
    public static AdmissionRules None { get; } = new();

    /// <summary>The most jobs, at least 0; null (the default) for any number. Paused and completed jobs count until they are deleted. Exact, also when many are created at once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int? MaximumJobs
    {
        get => _maximumJobs;
        init => _maximumJobs = value is null or >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, Text($"MaximumJobs is {value}: give at least 0, or null for any number."));
    }

    /// <summary>
    /// The least time between two runs of a job, more than zero; null (the default) for any. Measured on the runs that the schedule really names, not on its text: clock changes count, so a job at <c>30 * * * *</c> in New York has
    /// two runs 30 minutes apart on a day in spring. Looked at are the next 5,000 runs within five years, and the runs around each clock change of the zone in these years.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or negative.</exception>
    public Duration? MinimumSpacing
    {
        get => _minimumSpacing;
        init => _minimumSpacing = value is null || value > Duration.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, Text($"MinimumSpacing is {value:o}: give more than zero, or null for any."));
    }

    /// <summary>The kinds of schedule that are allowed; null (the default) for all.</summary>
    public IReadOnlyCollection<ScheduleKind>? ScheduleKinds { get; init; }

    /// <summary>The polling intervals that are allowed, besides <see cref="PollingInterval.Disabled"/>, which always is; null (the default) for all.</summary>
    public IReadOnlyCollection<PollingInterval>? PollingIntervals { get; init; }

    /// <summary>The keys of the executors that are allowed, compared ordinally; null (the default) for all.</summary>
    public IReadOnlyCollection<string>? Executors { get; init; }

    /// <summary>The most bytes of a payload, at least 0; null (the default) for the library's own limit, <see cref="JobPayload.MaximumBytes"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int? MaximumPayloadBytes
    {
        get => _maximumPayloadBytes;
        init => _maximumPayloadBytes = value is null or >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, Text($"MaximumPayloadBytes is {value}: give at least 0, or null for the library's own limit."));
    }

    /// <summary>
    /// How often a run may be asked for, refused requests included; null (the default) for any. Counted by each <see cref="JobScheduler"/> for itself, so that it also spares the store: n processes let through n times as much. For a
    /// limit of starts that is exact across processes see <see cref="TenantLimits.MaximumRate"/>.
    /// </summary>
    public RunRate? RunNowRate { get; init; }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
