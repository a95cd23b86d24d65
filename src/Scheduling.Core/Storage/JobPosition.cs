using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace Scheduling.Storage;

/// <summary>Where a job stands in a listing: its value of the order, and its id among equal ones.</summary>
[Experimental("SCHED0001")]
public readonly record struct JobPosition
{
    /// <summary>The job.</summary>
    public JobId Id { get; init; }

    /// <summary>The value of an order by text; null when the job has none, and for other orders.</summary>
    public string? Text { get; init; }

    /// <summary>The value of an order by time; null when the job has none, and for other orders.</summary>
    public Instant? Time { get; init; }

    /// <summary>The position of a job as people see it.</summary>
    /// <param name="job">The job.</param>
    /// <param name="order">The order.</param>
    /// <returns>The position.</returns>
    public static JobPosition Of(Job job, JobOrder order)
    {
        ArgumentNullException.ThrowIfNull(job);
        return order switch
        {
            JobOrder.Key => new() { Id = job.Id, Text = job.Key },
            JobOrder.Name => new() { Id = job.Id, Text = job.Name },
            JobOrder.NextRun => new() { Id = job.Id, Time = job.NextRunAt },
            JobOrder.LastRun => new() { Id = job.Id, Time = job.LastRun?.StartedAt },
            _ => new() { Id = job.Id },
        };
    }

    /// <summary>Which of two positions of one order comes first: none last, whichever way the values go.</summary>
    internal static int Compare(JobPosition one, JobPosition other, bool isDescending)
    {
        var byLack = (one.Text is null && one.Time is null).CompareTo(other.Text is null && other.Time is null);
        if (byLack != 0)
            return byLack;
        var byValue = one.Text is not null ? CodePointOrder.Instance.Compare(one.Text, other.Text) : Nullable.Compare(one.Time, other.Time);
        var ascending = byValue != 0 ? byValue : one.Id.CompareTo(other.Id);
        return isDescending ? -ascending : ascending;
    }
}
