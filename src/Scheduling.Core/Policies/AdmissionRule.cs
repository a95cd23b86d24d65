namespace Scheduling.Policies;

/// <summary>A rule about which jobs a tenant may have.</summary>
public enum AdmissionRule : byte
{
    /// <summary>How many jobs: <see cref="AdmissionRules.MaximumJobs"/>.</summary>
    MaximumJobs = 1,

    /// <summary>How close two runs of a job may be: <see cref="AdmissionRules.MinimumSpacing"/>.</summary>
    MinimumSpacing = 2,

    /// <summary>Which kinds of schedule: <see cref="AdmissionRules.ScheduleKinds"/>.</summary>
    ScheduleKind = 3,

    /// <summary>Which polling intervals: <see cref="AdmissionRules.PollingIntervals"/>.</summary>
    PollingInterval = 4,

    /// <summary>Which executors: <see cref="AdmissionRules.Executors"/>.</summary>
    Executor = 5,

    /// <summary>How large a payload: <see cref="AdmissionRules.MaximumPayloadBytes"/>.</summary>
    PayloadSize = 6,

    /// <summary>How often a run may be asked for: <see cref="AdmissionRules.RunNowRate"/>.</summary>
    RunNowRate = 7,
}
