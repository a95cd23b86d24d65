using System.Runtime.CompilerServices;

namespace Scheduling.Cron;

/// <summary>
/// Reads what nine of ten fields are: <c>*</c>, <c>?</c> or a number alone. Anything else, right or wrong, is left to <see cref="CronItems"/>, which reads these fields the same way.
/// </summary>
internal static class CronLoneField
{
    /// <summary>Reads the field that begins at <paramref name="at"/> and goes behind it; when false is returned nothing has changed but <paramref name="bits"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<char> text, ref int at, CronField field, ref CronFields fields, out ulong bits)
    {
        bits = 0;
        if ((uint)at >= (uint)text.Length)
        {
            return false;
        }

        var end = at + 1;
        var star = text[at] is '*' or '?';
        if (star)
        {
            bits = CronFieldRange.All(field);
        }
        else
        {
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

            if (value < CronFieldRange.Min(field) || value > CronFieldRange.Max(field))
            {
                return false;
            }

            bits = 1UL << value;
        }

        if ((uint)end < (uint)text.Length && text[end] is not (' ' or '\t'))
        {
            return false;
        }

        fields.Flags |= star ? CronItems.StarFlag(field) : CronFlags.None;
        at = end;
        return true;
    }
}
