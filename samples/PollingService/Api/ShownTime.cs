using NodaTime;
using NodaTime.Text;

namespace PollingService.Api;

/// <summary>Times as clients read them: ISO 8601, UTC.</summary>
internal static class ShownTime
{
    public static string? Of(Instant? time) => time is { } given ? InstantPattern.ExtendedIso.Format(given) : null;
}
