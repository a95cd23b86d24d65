using System.Buffers.Binary;
using System.Text;
using NodaTime;
using Scheduling.Storage;

namespace Scheduling;

/// <summary>The cursor of a listing of jobs: besides the id the value by which they are ordered.</summary>
internal static class JobCursor
{
    private const byte OfText = 1;
    private const byte OfTime = 2;

    public static string Write(string question, in JobPosition last) => PageCursor.Write(question, last.Id.Value, ValueOf(last));

    public static JobPosition? Read(string question, string? cursor)
    {
        if (cursor is null)
            return null;
        var (id, value) = PageCursor.ReadWithValue(question, cursor);
        return value switch
        {
            [] => new JobPosition { Id = new JobId(id) },
            [OfText, .. var text] => new JobPosition { Id = new JobId(id), Text = Encoding.UTF8.GetString(text) },
            [OfTime, .. { Length: sizeof(long) } time] when TimeOf(time) is { } instant => new JobPosition { Id = new JobId(id), Time = instant },
            _ => throw new InvalidCursorException(cursor),
        };
    }

    private static Instant? TimeOf(ReadOnlySpan<byte> bytes)
    {
        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        return ticks >= Instant.MinValue.ToUnixTimeTicks() && ticks <= Instant.MaxValue.ToUnixTimeTicks() ? Instant.FromUnixTimeTicks(ticks) : null;
    }

    private static byte[] ValueOf(in JobPosition last)
    {
        if (last.Text is { } text)
            return [OfText, .. Encoding.UTF8.GetBytes(text)];
        if (last.Time is not { } time)
            return [];
        var bytes = new byte[1 + sizeof(long)];
        bytes[0] = OfTime;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), time.ToUnixTimeTicks());
        return bytes;
    }
}
