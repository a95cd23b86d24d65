namespace Scheduling.Sqlite;

/// <summary>The stored jobs that were read lately, so that a claim need not parse a definition that it has parsed before. Two halves: when the newer is full, the older is forgotten.</summary>
/// <remarks>Right because a version of a job never changes. Belongs to one connection.</remarks>
internal sealed class StoredJobCache(int jobs, long payloadBytes)
{
    private Dictionary<JobId, StoredJob> _newer = [];
    private Dictionary<JobId, StoredJob> _older = [];
    private long _bytes;

    public bool TryGet(JobId id, long version, out StoredJob job)
    {
        if (_newer.TryGetValue(id, out job!))
            return job.Version == version;
        if (!_older.TryGetValue(id, out job!) || job.Version != version)
            return false;
        Add(id, job);
        return true;
    }

    public void Add(JobId id, StoredJob job)
    {
        _bytes += job.Definition.Payload.Utf8.Length;
        if (_newer.Count >= jobs / 2 || _bytes >= payloadBytes / 2)
        {
            (_older, _newer) = (_newer, []);
            _bytes = job.Definition.Payload.Utf8.Length;
        }
        _newer[id] = job;
    }

    public void Clear()
    {
        _newer.Clear();
        _older.Clear();
        _bytes = 0;
    }
}
