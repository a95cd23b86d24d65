using System.Buffers;
using System.Text;

namespace Scheduling;

/// <summary>
/// The stable hash behind every spread: FNV-1a (64 bit) over UTF-8, finished by SplitMix64's finalizer, mapped onto a range by its high bits.
/// </summary>
/// <remarks>
/// Its values decide when jobs start and are part of the contract: they never change within a major version, and do not depend on the process,
/// the machine or the .NET version. FNV alone leaves the high bits of short keys poorly mixed, which is why the finalizer is there.
/// Lone surrogates are hashed as U+FFFD, as UTF-8 encoders write them.
/// </remarks>
internal static class SpreadHash
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;
    private const ulong GoldenRatio = 0x9E3779B97F4A7C15;
    private const byte Separator = 0x1F;

    /// <summary>The hash of one text.</summary>
    public static ulong Of(ReadOnlySpan<char> text) => Finish(Append(FnvOffset, text));

    /// <summary>The hash of a job: <c>tenant + U+001F + key</c>.</summary>
    public static ulong Of(ReadOnlySpan<char> tenant, ReadOnlySpan<char> key)
    {
        var hash = Append(FnvOffset, tenant);
        hash = unchecked((hash ^ Separator) * FnvPrime);
        return Finish(Append(hash, key));
    }

    /// <summary>Maps a hash evenly onto 0 to <paramref name="n"/> - 1: the high 64 bits of <c>hash * n</c>. Zero for <paramref name="n"/> = 0.</summary>
    public static ulong Onto(ulong hash, ulong n) => Math.BigMul(hash, n, out _);

    /// <summary>A further hash from the same one, for another use: different indexes give unrelated values.</summary>
    public static ulong Derive(ulong hash, uint index) => Finish(unchecked(hash + index * GoldenRatio));

    private static ulong Append(ulong hash, ReadOnlySpan<char> text)
    {
        Span<byte> utf8 = stackalloc byte[4];
        while (!text.IsEmpty)
        {
            var status = Rune.DecodeFromUtf16(text, out var rune, out var consumed);
            if (status != OperationStatus.Done)
            {
                rune = Rune.ReplacementChar;
            }

            var written = rune.EncodeToUtf8(utf8);
            foreach (var octet in utf8[..written])
            {
                hash = unchecked((hash ^ octet) * FnvPrime);
            }

            text = text[consumed..];
        }

        return hash;
    }

    private static ulong Finish(ulong hash)
    {
        unchecked
        {
            hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
            hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
            return hash ^ (hash >> 31);
        }
    }
}
