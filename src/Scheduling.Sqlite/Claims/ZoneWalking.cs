using NodaTime;
using Scheduling.Storage;

namespace Scheduling.Sqlite;

/// <summary>A step of the walk that computes next runs anew when a process comes with newer zone data: some jobs in each sweep, whoever makes it.</summary>
internal sealed class ZoneWalking(WriteSession session, SweepRequest request, Instant now)
{
    private readonly string _version = request.Planner.Zones.VersionId;

    /// <summary>What the next runs were computed by before, when a walk begins in this step.</summary>
    public string? Before { get; private set; }

    /// <summary>The version of the file's zone data, when they are newer than this process's.</summary>
    public string? Newer { get; private set; }

    /// <summary>How many next runs changed.</summary>
    public int Revised { get; private set; }

    /// <summary>Whether jobs are left to look at.</summary>
    public bool HasMore { get; private set; }

    public void Run()
    {
        var stored = Read();
        var seen = ZoneWalk.Seen(stored, _version, now);
        Newer = seen.NewerThan(_version);
        if (seen.IsOn && Newer is null)
        {
            Before = string.Equals(stored?.Version, _version, StringComparison.Ordinal) ? null : stored?.Version;
            seen = seen.Walked(Walk(seen.WalkedTo!.Value));
            HasMore = seen.IsOn;
        }
        if (seen != stored)
            session.Connection.Query("zones_write").Bind(seen.Version).Bind(seen.WalkedTo?.Value).Bind(seen.OlderSeenAt).Run();
    }

    /// <returns>The last job that was looked at; null when there was none left.</returns>
    private JobId? Walk(JobId after)
    {
        var query = session.Connection.Query("zones_next_jobs").Bind(after.Value).Bind((long)request.BatchSize);
        var jobs = new List<JobId>();
        while (query.Read())
            jobs.Add(new JobId(query.NextGuid()));
        foreach (var id in jobs)
        {
            var job = session.Jobs.Load(id)!;
            if (!job.Slice.Revise(request.Planner, now))
                continue;
            session.Save(job, now);
            Revised++;
        }
        return jobs.Count == 0 ? null : jobs[^1];
    }

    private ZoneWalk? Read()
    {
        var query = session.Connection.Query("zones_read");
        var row = query.Read()
            ? new ZoneWalk { Version = query.NextText(), WalkedTo = query.NextGuidOrNull() is { } job ? new JobId(job) : null, OlderSeenAt = query.NextInstantOrNull() }
            : null;
        query.Reset();
        return row;
    }
}
