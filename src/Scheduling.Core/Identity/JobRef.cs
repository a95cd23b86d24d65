namespace Scheduling;

/// <summary>How a call names a job of its tenant: by id or by key. Made by conversion, so <c>GetAsync(job.Id)</c> and <c>GetAsync("github")</c> both read well.</summary>
/// <remarks>The default value names nothing and is never found. A text is always a key; read an id from text with <see cref="JobId.Parse"/>.</remarks>
public readonly record struct JobRef
{
    private JobRef(JobId id, string? key)
    {
        Id = id;
        Key = key;
    }

    /// <summary>The id, or the default id when the job is named by <see cref="Key"/>.</summary>
    public JobId Id { get; }

    /// <summary>The key, or null when the job is named by <see cref="Id"/>.</summary>
    public string? Key { get; }

    /// <summary>Names a job by its id.</summary>
    /// <param name="id">The id.</param>
    /// <returns>The reference.</returns>
    public static JobRef FromJobId(JobId id) => new(id, key: null);

    /// <summary>Names a job by its key, compared ordinally. A key that no job can have is simply never found.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The reference.</returns>
    public static JobRef FromString(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new(default, key);
    }

    /// <summary>Names a job by its id.</summary>
    /// <param name="id">The id.</param>
    public static implicit operator JobRef(JobId id) => FromJobId(id);

    /// <summary>Names a job by its key.</summary>
    /// <param name="key">The key.</param>
    public static implicit operator JobRef(string key) => FromString(key);

    /// <summary>The key in quotes, or the id.</summary>
    /// <returns>A text for messages.</returns>
    public override string ToString() => Key is null ? Id.ToString() : $"'{IdentityText.Shorten(Key, IdentityText.MaximumLength)}'";
}
