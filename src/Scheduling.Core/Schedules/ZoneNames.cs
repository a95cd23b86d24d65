using NodaTime;
using NodaTime.TimeZones;

namespace Scheduling.Schedules;

/// <summary>Checks of zone ids and the words about them.</summary>
internal static class ZoneNames
{
    internal const int LongestId = 64;

    /// <summary>What is wrong with the form of an id, whatever the zone data; null when nothing is.</summary>
    internal static string? ProblemWithForm(string? id)
    {
        if (string.IsNullOrEmpty(id)) return "A time zone is an IANA id such as Europe/Paris or UTC; none was given.";
        if (id.Length > LongestId) return $"A time zone is an IANA id of at most {LongestId} characters, such as Europe/Paris.";
        if (OfWindows(id) is { } iana) return $"'{id}' is a Windows time zone; the IANA id is {iana}.";
        if (id.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c)))
            return "A time zone is an IANA id without blanks, such as Europe/Paris or UTC.";
        return null;
    }

    /// <summary>Ids of the provider that look like the given one, and the one a Windows id stands for.</summary>
    internal static IReadOnlyList<string> Near(string id, IDateTimeZoneProvider zones)
    {
        if (OfWindows(id) is { } iana) return [iana];
        IReadOnlyList<string> near = NearNames.Of(id, zones.Ids, 3);
        return near.Count > 0 ? near : Cities(id, zones);
    }

    internal static string Unknown(string id, IReadOnlyList<string> near)
    {
        string suggestion = near.Count == 0 ? "Give an IANA id such as Europe/Paris or UTC." : $"Did you mean {string.Join(" or ", near)}?";
        return $"'{id}' is not a known time zone. {suggestion}";
    }

    /// <summary>The IANA id of a Windows zone; those without a blank, such as UTC, are taken for what they look like.</summary>
    private static string? OfWindows(string id) =>
        id.Contains(' ', StringComparison.Ordinal) && TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping.TryGetValue(id, out string? iana) ? iana : null;

    /// <summary>People write the city alone: <c>Paris</c>.</summary>
    private static string[] Cities(string id, IDateTimeZoneProvider zones)
    {
        string city = "/" + id.Replace(' ', '_');
        return [.. zones.Ids.Where(known => known.EndsWith(city, StringComparison.OrdinalIgnoreCase)).Take(3)];
    }
}
