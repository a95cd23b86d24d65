using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Schedules;

/// <summary>Length and wire name of each <see cref="PollingInterval"/>, by its number.</summary>
internal static class PollingIntervalNames
{
    private static readonly string[] WireNames =
    [
        "DISABLED", "FIFTEEN_MINUTES", "THIRTY_MINUTES", "ONE_HOUR", "FOUR_HOURS", "EIGHT_HOURS", "TWELVE_HOURS", "ONE_DAY", "ONE_WEEK",
    ];

    private static readonly long[] LengthsInSeconds = [0, 900, 1_800, 3_600, 14_400, 28_800, 43_200, 86_400, 604_800];

    /// <summary>All wire names, in the order of their numbers.</summary>
    internal static ReadOnlySpan<string> All => WireNames;

    internal static bool IsKnown(PollingInterval interval) => (int)interval < WireNames.Length;

    internal static string WireName(this PollingInterval interval) => WireNames[(int)interval];

    /// <summary>The period in seconds; 0 for <see cref="PollingInterval.Disabled"/>.</summary>
    internal static long Seconds(this PollingInterval interval) => LengthsInSeconds[(int)interval];

    /// <summary>Exact, ordinal match: the wire names are upper case.</summary>
    internal static bool TryParse([NotNullWhen(true)] string? wireName, out PollingInterval interval)
    {
        int index = wireName is null ? -1 : Array.IndexOf(WireNames, wireName);
        interval = (PollingInterval)Math.Max(index, 0);
        return index >= 0;
    }
}
