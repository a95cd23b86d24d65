using Scheduling.Schedules;

namespace Scheduling.Conformance;

/// <summary>The jobs that tests are about.</summary>
public static class Work
{
    /// <summary>The executor of a job unless a test says otherwise.</summary>
    public const string Executor = "work";

    public static JobDefinition Job(string key, Schedule schedule, string executor = Executor) => new() { Key = key, Executor = executor, Schedule = schedule };
}
