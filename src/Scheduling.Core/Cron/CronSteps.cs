using System.Runtime.CompilerServices;

namespace Scheduling.Cron;

/// <summary>The values of a range with a step, as bits.</summary>
internal static class CronSteps
{
    // Entry n has bits 0, n, 2n, ...: shifted to the low end and cut at the high end it is any range, without a loop.
    private static readonly ulong[] Multiples = MakeMultiples();

    /// <summary>Bits <paramref name="low"/>, low + step, ... up to <paramref name="high"/>; a range whose end is before its start goes on from the field's first value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Bits(CronField field, int low, int high, int step)
    {
        if (high < low)
        {
            return Wrapped(field, low, high, step);
        }

        return (Multiples[step] << low) & CronFieldRange.Between(low, high);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong Wrapped(CronField field, int low, int high, int step)
    {
        var min = CronFieldRange.Min(field);
        var size = CronFieldRange.LastDistinct(field) - min + 1;
        var start = (low - min) % size;
        var length = ((high - min - start) + size) % size;
        var bits = 0UL;
        for (var distance = 0; distance <= length; distance += step)
        {
            bits |= 1UL << (min + ((start + distance) % size));
        }

        return bits;
    }

    private static ulong[] MakeMultiples()
    {
        var multiples = new ulong[60];
        for (var step = 1; step < multiples.Length; step++)
        {
            for (var bit = 0; bit < 64; bit += step)
            {
                multiples[step] |= 1UL << bit;
            }
        }

        return multiples;
    }
}
