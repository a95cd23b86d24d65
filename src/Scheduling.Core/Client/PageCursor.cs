using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;

namespace Scheduling;

/// <summary>An opaque, versioned cursor: a hash of the question it belongs to, so that a foreign one is refused, the last id of a page, and the value by which the list is ordered when that is not the id.</summary>
internal static class PageCursor
{
    private const byte Version = 1;
    private const int Head = 1 + 8 + 16;

    // A value is a name of 256 characters at most, in UTF-8.
    private const int MostBytes = Head + 1 + 1_024;

    public static string Write(string question, Guid last, ReadOnlySpan<byte> value = default)
    {
        var bytes = new byte[Head + value.Length];
        bytes[0] = Version;
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(1), SpreadHash.Of(question));
        last.TryWriteBytes(bytes.AsSpan(9), bigEndian: true, out _);
        value.CopyTo(bytes.AsSpan(Head));
        return Base64Url.EncodeToString(bytes);
    }

    public static Guid? Read(string question, string? cursor)
    {
        if (cursor is null)
            return null;
        var (id, value) = ReadWithValue(question, cursor);
        return value.Length == 0 ? id : throw new InvalidCursorException(cursor);
    }

    public static (Guid Id, byte[] Value) ReadWithValue(string question, string cursor)
    {
        var bytes = new byte[MostBytes];
        if (cursor.Length > Base64Url.GetEncodedLength(MostBytes) || Base64Url.DecodeFromChars(cursor, bytes, out _, out var written) != OperationStatus.Done || written < Head)
            throw new InvalidCursorException(cursor);
        if (bytes[0] != Version || BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(1)) != SpreadHash.Of(question))
            throw new InvalidCursorException(cursor);
        return (new Guid(bytes.AsSpan(9, 16), bigEndian: true), bytes[Head..written]);
    }
}
