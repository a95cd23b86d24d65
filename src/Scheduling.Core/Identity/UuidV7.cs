using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using NodaTime;

namespace Scheduling;

/// <summary>Makes UUIDv7 (RFC 9562): 48 bits of milliseconds, 12 bits of sub-milliseconds, 62 random bits, so that ids sort by time.</summary>
internal static class UuidV7
{
    /// <summary>What of the second half of an id is random.</summary>
    public const ulong MarkBits = 0x3FFF_FFFF_FFFF_FFFF;

    // The operating system's generator costs a system call each time; 64 ids share one.
    [ThreadStatic]
    private static byte[]? _random;

    [ThreadStatic]
    private static int _used;

    public static Guid Create(Instant now) => Create(UnitsOf(now));

    /// <summary>The time in units of 1/4096 ms, which an id carries.</summary>
    public static long UnitsOf(Instant now)
    {
        var ticks = Math.Max(0, now.ToUnixTimeTicks());
        var (milliseconds, rest) = Math.DivRem(ticks, TimeSpan.TicksPerMillisecond);
        return (milliseconds << 12) + (rest * 4096 / TimeSpan.TicksPerMillisecond);
    }

    public static Guid Create(long units)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, ((ulong)(units >> 12) << 16) | 0x7000 | ((ulong)units & 0xFFF));
        NextRandom(bytes[8..]);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>An id whose 62 random bits are given.</summary>
    public static Guid Create(Instant now, ulong mark)
    {
        Span<byte> bytes = stackalloc byte[16];
        var units = UnitsOf(now);
        BinaryPrimitives.WriteUInt64BigEndian(bytes, ((ulong)(units >> 12) << 16) | 0x7000 | ((ulong)units & 0xFFF));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], (mark & MarkBits) | 0x8000_0000_0000_0000);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The 62 random bits of an id.</summary>
    public static ulong MarkOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]) & MarkBits;
    }

    /// <summary>The time that an id carries, in units of 1/4096 ms.</summary>
    public static long UnitsOf(Guid id)
    {
        // The fields as they lie in memory: this is asked for every row that is written.
        var fields = MemoryMarshal.AsBytes(new ReadOnlySpan<Guid>(in id));
        var milliseconds = ((long)MemoryMarshal.Read<uint>(fields) << 16) | MemoryMarshal.Read<ushort>(fields[4..]);
        return (milliseconds << 12) | (MemoryMarshal.Read<ushort>(fields[6..]) & 0xFFFL);
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
