using System.Globalization;
using System.Numerics;

namespace Scheduling.Schedules;

/// <summary>Sets of numbers as English lists: <c>1, 2 and 5</c>, <c>8 through 18</c>.</summary>
internal static class EnglishList
{
    internal static string Of(IReadOnlyList<string> items, string conjunction = "and") => items.Count switch
    {
        0 => string.Empty,
        1 => items[0],
        _ => $"{string.Join(", ", items.Take(items.Count - 1))} {conjunction} {items[^1]}",
    };

    /// <summary>The set bits; three or more in a row become <c>a through b</c>.</summary>
    internal static string Of(ulong bits, Func<int, string> name, string conjunction = "and")
    {
        var items = new List<string>();
        while (bits != 0)
        {
            int low = BitOperations.TrailingZeroCount(bits);
            int length = BitOperations.TrailingZeroCount(~(bits >> low));
            int taken = length >= 3 ? length : 1;
            items.Add(taken == 1 ? name(low) : $"{name(low)} through {name(low + taken - 1)}");
            bits &= ~(((1UL << taken) - 1) << low);
        }

        return Of(items, conjunction);
    }

    internal static string OfNumbers(ulong bits) => Of(bits, static number => number.ToString(CultureInfo.InvariantCulture));
}
