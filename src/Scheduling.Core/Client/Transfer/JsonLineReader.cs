using System.Buffers;
using System.Runtime.CompilerServices;

namespace Scheduling;

/// <summary>Cuts a stream into lines at LF, in bounded memory: a line that is too long is passed over and told of.</summary>
internal static class JsonLineReader
{
    private const int FirstBuffer = 64 * 1024;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public static async IAsyncEnumerable<JsonLine> ReadAsync(Stream source, int longest, [EnumeratorCancellation] CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            var (start, end, number) = (0, 0, 0L);
            var isTooLong = false;
            while (true)
            {
                var length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
                if (length >= 0)
                {
                    yield return LineOf(++number, buffer.AsMemory(start, length), isTooLong || length > longest);
                    (start, isTooLong) = (start + length + 1, false);
                    continue;
                }
                if (end - start > longest)
                    (start, isTooLong) = (end, true);
                (buffer, start, end) = WithRoom(buffer, start, end);
                var read = await source.ReadAsync(buffer.AsMemory(end), ct).ConfigureAwait(false);
                if (read == 0)
                    break;
                end += read;
            }
            if (end > start || isTooLong)
                yield return LineOf(++number, buffer.AsMemory(start, end - start), isTooLong);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static JsonLine LineOf(long number, ReadOnlyMemory<byte> utf8, bool isTooLong)
    {
        if (isTooLong)
            return new JsonLine(number, default, IsTooLong: true);
        var begin = number == 1 && utf8.Span.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        var end = utf8.Span.EndsWith("\r"u8) ? utf8.Length - 1 : utf8.Length;
        return new JsonLine(number, utf8[begin..Math.Max(begin, end)], IsTooLong: false);
    }

    /// <summary>Moves what is left to the front, and into a larger buffer when it fills this one.</summary>
    private static (byte[] Buffer, int Start, int End) WithRoom(byte[] buffer, int start, int end)
    {
        var left = end - start;
        var roomy = left < buffer.Length / 2 ? buffer : ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        Buffer.BlockCopy(buffer, start, roomy, 0, left);
        if (roomy != buffer)
            ArrayPool<byte>.Shared.Return(buffer);
        return (roomy, 0, left);
    }
}
