namespace Scheduling;

/// <summary>By what jobs are listed. Jobs without the value come last, whichever way; equal ones are in the order of their creation.</summary>
public enum JobOrder : byte
{
    /// <summary>By creation. The only order in which a listing is not disturbed by runs and edits that happen meanwhile, along with <see cref="Key"/>.</summary>
    Created = 0,

    /// <summary>By key, by code points.</summary>
    Key = 1,

    /// <summary>By name, by code points.</summary>
    Name = 2,

    /// <summary>By the next run. A job that runs between two pages may be shown twice or not at all.</summary>
    NextRun = 3,

    /// <summary>By the start of the last run. A job that runs between two pages may be shown twice or not at all.</summary>
    LastRun = 4,
}
