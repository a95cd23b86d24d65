using System.Buffers.Binary;
using System.Security.Cryptography;
using NodaTime;

namespace Scheduling;

/// <summary>Makes UUIDv7 (RFC 9562): 48 bits of milliseconds, 12 bits of sub-milliseconds, 62 random bits, so that ids sort by time.</summary>
internal static class UuidV7
{
    // The operating system's generator costs a system call each time; 64 ids share one.
    [ThreadStatic]
    private static byte[]? _random;

    [ThreadStatic]
    private static int _used;

    public static Guid Create(Instant now)
    {
        Span<byte> bytes = stackalloc byte[16];
        var ticks = Math.Max(0, now.ToUnixTimeTicks());
        var milliseconds = ticks / TimeSpan.TicksPerMillisecond;
        var fraction = (ulong)(ticks % TimeSpan.TicksPerMillisecond) * 4096 / TimeSpan.TicksPerMillisecond;
        BinaryPrimitives.WriteUInt64BigEndian(bytes, ((ulong)milliseconds << 16) | 0x7000 | fraction);
        NextRandom(bytes[8..]);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private static void NextRandom(Span<byte> target)
    {
        var pool = _random ??= new byte[512];
        if (_used == 0)
            RandomNumberGenerator.Fill(pool);
        pool.AsSpan(_used, 8).CopyTo(target);
        _used = (_used + 8) % pool.Length;
    }
}
