using NodaTime;
using NodaTime.Text;

namespace Scheduling.Core.Tests.Planning;

/// <summary>Instants of March 2026 (the 1st is a Sunday) as rows write them: <c>04T12:00</c>, with seconds and fractions as needed.</summary>
internal static class March
{
    public static Instant At(string text) => InstantPattern.ExtendedIso.Parse($"2026-03-{(text.Length == 8 ? text + ":00" : text)}Z").Value;

    public static Instant? AtOrNull(string? text) => text is null ? null : At(text);

    public static string Text(Instant instant)
    {
        var text = InstantPattern.ExtendedIso.Format(instant).TrimEnd('Z');
        text = text.StartsWith("2026-03-", StringComparison.Ordinal) ? text[8..] : text;
        return text.EndsWith(":00", StringComparison.Ordinal) && text.Count(c => c == ':') == 2 ? text[..^3] : text;
    }

    public static string Text(SlotRange slots) =>
        slots.Count == 1 && slots.First == slots.Last ? Text(slots.Last) : $"{Text(slots.First)}..{Text(slots.Last)} x{slots.Count}";
}
