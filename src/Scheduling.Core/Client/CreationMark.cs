using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NodaTime;

namespace Scheduling;

/// <summary>
/// What a repeated creation is known by: the idempotency key leaves its mark in the new job's id, in the place of its random bits. So a store need keep nothing more, and the key is remembered as long as the job is there.
/// </summary>
internal readonly struct CreationMark
{
    private readonly ulong _mark;

    public CreationMark(TenantId tenant, string idempotencyKey, string? key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{tenant}\u001F{idempotencyKey}\u001F{key}"), hash);
        _mark = BinaryPrimitives.ReadUInt64BigEndian(hash) & UuidV7.MarkBits;
        Key = key ?? new Guid(hash[16..], bigEndian: true).ToString("D");
    }

    /// <summary>The job's key: the given one, else one that follows from the idempotency key, so that a repeated creation meets the first one.</summary>
    public string Key { get; }

    public JobId NewId(Instant now) => new(UuidV7.Create(now, _mark));

    /// <summary>Whether a job was made with the same idempotency key.</summary>
    public bool IsOf(Job job) => UuidV7.MarkOf(job.Id.Value) == _mark;
}
