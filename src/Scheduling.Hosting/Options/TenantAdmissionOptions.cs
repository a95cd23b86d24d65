using Scheduling.Schedules;

namespace Scheduling.Hosting;

/// <summary>Which jobs a tenant may have, as settings; what is not set is allowed.</summary>
public sealed class TenantAdmissionOptions
{
    /// <summary>The most jobs, at least 0; null (the default) for any number.</summary>
    public int? MaximumJobs { get; set; }

    /// <summary>The least time between two runs of a job, 1 s - 365 d; null (the default) for any. Clock changes count; see <see cref="Policies.AdmissionRules.MinimumSpacing"/>.</summary>
    public TimeSpan? MinimumSpacing { get; set; }

    /// <summary>The kinds of schedule that are allowed; null (the default) for all.</summary>
    public IReadOnlyList<ScheduleKind>? ScheduleKinds { get; set; }

    /// <summary>The polling intervals that are allowed, besides DISABLED, which always is; null (the default) for all.</summary>
    public IReadOnlyList<PollingInterval>? PollingIntervals { get; set; }

    /// <summary>The keys of the executors that are allowed; null (the default) for all.</summary>
    public IReadOnlyList<string>? Executors { get; set; }

    /// <summary>The most bytes of a payload, 0-262,144; null (the default) for the library's own limit.</summary>
    public int? MaximumPayloadBytes { get; set; }

    /// <summary>How many runs may be asked for in <see cref="RunNowPeriod"/>, 1-1,000,000, in this process; null (the default) for any number.</summary>
    public int? RunNowMaximum { get; set; }

    /// <summary>In which time <see cref="RunNowMaximum"/> runs may be asked for, 100 ms - 31 d. Default 1 min.</summary>
    public TimeSpan RunNowPeriod { get; set; } = TimeSpan.FromMinutes(1);
}
