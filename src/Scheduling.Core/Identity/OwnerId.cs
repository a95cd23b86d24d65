using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace Scheduling;

/// <summary>Names one start of one process. Leases belong to it; a restarted process has another, so two processes never share one, whatever their node names.</summary>
/// <remarks>A UUIDv7 (RFC 9562), so that ids sort by the time they were made. The default value names nobody.</remarks>
public readonly record struct OwnerId : IComparable<OwnerId>
{
    /// <summary>Wraps an id that was stored or received.</summary>
    /// <param name="value">The id; <see cref="Guid.Empty"/> is the default value.</param>
    public OwnerId(Guid value) => Value = value;

    /// <summary>The id as a <see cref="Guid"/>.</summary>
    public Guid Value { get; }

    /// <summary>Makes a new id.</summary>
    /// <param name="now">The time it carries, to a quarter of a microsecond.</param>
    /// <returns>An id nobody else has.</returns>
    public static OwnerId New(Instant now) => new(UuidV7.Create(now));

    /// <summary>Reads an id as <see cref="ToString"/> writes it.</summary>
    /// <param name="text">The text, with or without hyphens.</param>
    /// <returns>The id.</returns>
    /// <exception cref="FormatException"><paramref name="text"/> is not an id.</exception>
    public static OwnerId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{IdentityText.Shorten(text ?? "")}' is not an owner id: a UUID such as 019a9d2e-5c1f-7c3a-9f00-0123456789ab is expected.");

    /// <summary>Reads an id as <see cref="ToString"/> writes it; another text is no error.</summary>
    /// <param name="text">The text, with or without hyphens, or null.</param>
    /// <param name="id">The id, or the default value.</param>
    /// <returns>Whether <paramref name="text"/> is an id.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out OwnerId id)
    {
        var valid = Guid.TryParse(text, out var value);
        id = new(value);
        return valid;
    }

    /// <inheritdoc/>
    public int CompareTo(OwnerId other) => Value.CompareTo(other.Value);

    /// <summary>The id in lower case with hyphens.</summary>
    /// <returns>36 characters.</returns>
    public override string ToString() => Value.ToString("D");

    /// <summary>Whether one id sorts before another.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when <paramref name="left"/> comes first.</returns>
    public static bool operator <(OwnerId left, OwnerId right) => left.CompareTo(right) < 0;

    /// <summary>Whether one id sorts after another.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when <paramref name="left"/> comes last.</returns>
    public static bool operator >(OwnerId left, OwnerId right) => left.CompareTo(right) > 0;

    /// <summary>Whether one id sorts before another or equals it.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when <paramref name="left"/> does not come last.</returns>
    public static bool operator <=(OwnerId left, OwnerId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one id sorts after another or equals it.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when <paramref name="left"/> does not come first.</returns>
    public static bool operator >=(OwnerId left, OwnerId right) => left.CompareTo(right) >= 0;
}
