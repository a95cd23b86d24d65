using System.Runtime.CompilerServices;

namespace Scheduling.Cron;

/// <summary>
/// Reads what nine of ten fields are: <c>*</c>, <c>?</c> or a number alone. Anything else, right or wrong, is left to <see cref="CronItems"/>, which reads these fields the same way.
/// </summary>
internal static class CronLoneField
{
    /// <summary>Reads the field that begins at <paramref name="at"/> and goes behind it; when false is returned nothing has changed but <paramref name="bits"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<char> text, ref int at, CronField field, ref CronFlags flags, out ulong bits)
    {
        bits = 0;
        if ((uint)at >= (uint)text.Length)
        {
            return false;
        }

        var end = at + 1;
        if (text[at] is '*' or '?')
        {
            if (!EndsField(text, end))
            {
                return false;
            }

            flags |= CronItems.StarFlag(field);
            bits = CronFieldRange.All(field);
            at = end;
            return true;
        }

        var value = text[at] - '0';
        if ((uint)value > 9)
        {
            return false;
        }

        if ((uint)end < (uint)text.Length && char.IsAsciiDigit(text[end]))
        {
            value = (value * 10) + text[end] - '0';
            end++;
        }

        if (value < CronFieldRange.Min(field) || value > CronFieldRange.Max(field) || !EndsField(text, end))
        {
            return false;
        }

        bits = 1UL << value;
        at = end;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool EndsField(ReadOnlySpan<char> text, int at) => (uint)at >= (uint)text.Length || text[at] == ' ' || text[at] == '\t';
}
