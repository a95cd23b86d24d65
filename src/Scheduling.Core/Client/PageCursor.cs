using System.Buffers.Binary;
using System.Buffers.Text;

namespace Scheduling;

/// <summary>An opaque, versioned cursor: the last id of a page and a hash of the question it belongs to, so that a foreign one is refused.</summary>
internal static class PageCursor
{
    private const byte Version = 1;
    private const int Length = 1 + 8 + 16;

    public static string Write(string question, Guid last)
    {
        Span<byte> bytes = stackalloc byte[Length];
        bytes[0] = Version;
        BinaryPrimitives.WriteUInt64BigEndian(bytes[1..], SpreadHash.Of(question));
        last.TryWriteBytes(bytes[9..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }

    public static Guid? Read(string question, string? cursor)
    {
        if (cursor is null)
            return null;
        Span<byte> bytes = stackalloc byte[Length];
        if (cursor.Length > 64 || !Base64Url.IsValid(cursor) || !Base64Url.TryDecodeFromChars(cursor, bytes, out var written) || written != Length)
            throw new InvalidCursorException(cursor);
        if (bytes[0] != Version || BinaryPrimitives.ReadUInt64BigEndian(bytes[1..]) != SpreadHash.Of(question))
            throw new InvalidCursorException(cursor);
        return new Guid(bytes[9..], bigEndian: true);
    }
}
