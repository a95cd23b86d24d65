using Quickstart.History;
using Scheduling;

namespace Quickstart.Display;

/// <summary>One job on the board.</summary>
/// <param name="Job">The job as it is stored.</param>
/// <param name="Running">Its run of this moment, or null.</param>
/// <param name="Progress">How much of that is done, 0 to 1; null when the work does not say.</param>
/// <param name="Last">What it ended with last, or null.</param>
internal sealed record BoardJob(Job Job, Execution? Running, double? Progress, RunNews? Last)
{
    public string Title => Job.Name ?? Job.Key;
}
