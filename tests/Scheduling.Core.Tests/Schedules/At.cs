using NodaTime;
using NodaTime.Text;

namespace Scheduling.Tests.Schedules;

/// <summary>Instants as rows of data write them: <c>2026-03-04T15:30:20Z</c>, seconds and fractions as needed.</summary>
internal static class At
{
    internal static Instant Utc(string text) => InstantPattern.ExtendedIso.Parse(text).Value;

    internal static Instant? UtcOrNull(string? text) => text is null ? null : Utc(text);
}
