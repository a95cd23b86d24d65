using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;

namespace Scheduling;

/// <summary>An opaque, versioned cursor: the last id of a page and a hash of the question it belongs to, so that a foreign one is refused.</summary>
internal static class PageCursor
{
    private const byte Version = 1;
    private const int Length = 1 + 8 + 16;
    private const int TextLength = 34;

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
        if (cursor.Length != TextLength || Base64Url.DecodeFromChars(cursor, bytes, out _, out var written) != OperationStatus.Done || written != Length)
            throw new InvalidCursorException(cursor);
        if (bytes[0] != Version || BinaryPrimitives.ReadUInt64BigEndian(bytes[1..]) != SpreadHash.Of(question))
            throw new InvalidCursorException(cursor);
        return new Guid(bytes[9..], bigEndian: true);
    }
}
