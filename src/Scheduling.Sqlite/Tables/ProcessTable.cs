using NodaTime;

namespace Scheduling.Sqlite;

/// <summary>The processes that work on the store. Needs an open transaction.</summary>
internal sealed class ProcessTable(Connection connection)
{
    private const char Separator = '\n';

    /// <summary>Renews the process's row, or makes it.</summary>
    /// <returns>Whether a claim of this number (null for a renewal), or a later one, was made before.</returns>
    public bool Touch(OwnerId owner, string node, IEnumerable<string> executors, Instant leaseUntil, long? claim)
    {
        var row = Find(owner) ?? new ProcessRow { Owner = owner, Executors = new(StringComparer.Ordinal), LeaseUntil = leaseUntil };
        row.Executors.UnionWith(executors);
        row.LeaseUntil = leaseUntil;
        var isRepeated = claim <= row.LastClaim;
        row.LastClaim = Math.Max(row.LastClaim, claim ?? 0);
        connection.Query("processes_write").Bind(owner.Value).Bind(node).Bind(string.Join(Separator, row.Executors)).Bind(row.LeaseUntil).Bind(row.LastClaim).Run();
        return isRepeated;
    }

    public List<ProcessRow> List()
    {
        var query = connection.Query("processes_list");
        var rows = new List<ProcessRow>();
        while (query.Read())
            rows.Add(new ProcessRow { Owner = new OwnerId(query.NextGuid()), Executors = Split(query.NextText()), LeaseUntil = query.NextInstant() });
        return rows;
    }

    public void Remove(OwnerId owner) => connection.Query("processes_remove").Bind(owner.Value).Run();

    public bool HasOthers(OwnerId owner) => connection.Query("processes_others").Bind(owner.Value).ReadSingle() is not null;

    /// <summary>When the first lease of another process that runs something ends.</summary>
    public Instant? EarliestForeignLeaseEnd(OwnerId owner, Instant now)
    {
        var query = connection.Query("processes_foreign_lease").Bind(owner.Value).Bind(now);
        var end = query.Read() ? query.NextInstantOrNull() : null;
        query.Reset();
        return end;
    }

    private ProcessRow? Find(OwnerId owner)
    {
        var query = connection.Query("processes_read").Bind(owner.Value);
        var row = query.Read()
            ? new ProcessRow { Owner = owner, Executors = Split(query.NextText()), LeaseUntil = query.NextInstant(), LastClaim = query.NextLong() }
            : null;
        query.Reset();
        return row;
    }

    private static HashSet<string> Split(string executors) => new(executors.Split(Separator, StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
}
