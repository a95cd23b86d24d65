using NodaTime;

namespace Scheduling.Sqlite;

/// <summary>A process shows that it is there: its lease goes on, and jobs that were parked for want of its executors are taken up.</summary>
internal static class Presence
{
    /// <summary>The most parked jobs that are taken up at once; the next call goes on.</summary>
    private const int MostUnparked = 1_000;

    /// <returns>Whether a claim of this number (null for a renewal), or a later one, was made before.</returns>
    public static bool Touch(WriteSession session, OwnerId owner, string node, IEnumerable<string> executors, Instant leaseUntil, long? claim, Instant now)
    {
        var keys = executors as IReadOnlyCollection<string> ?? [.. executors];
        var isRepeated = session.Processes.Touch(owner, node, keys, leaseUntil, claim);
        if (session.Connection.Query("due_any_parked").ReadSingle() is not null)
            Unpark(session, keys, now);
        return isRepeated;
    }

    private static void Unpark(WriteSession session, IEnumerable<string> executors, Instant now)
    {
        foreach (var executor in executors)
        {
            var query = session.Connection.Query("due_parked_of").Bind(executor).Bind((long)MostUnparked);
            var parked = new List<JobId>();
            while (query.Read())
                parked.Add(new JobId(query.NextGuid()));
            foreach (var id in parked)
            {
                var job = session.Jobs.Load(id)!;
                job.Slice.Unpark();
                session.Save(job, now);
            }
        }
    }
}
