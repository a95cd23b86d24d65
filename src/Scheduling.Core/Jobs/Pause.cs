using NodaTime;

namespace Scheduling;

/// <summary>That somebody stopped a job from running by itself: since when, by whom, why and until when.</summary>
public sealed record Pause
{
    /// <summary>The longest <see cref="By"/> and <see cref="Reason"/>: 256 characters; longer texts are cut.</summary>
    public const int MaximumTextLength = 256;

    /// <summary>When it began, by the store's clock.</summary>
    public Instant Since { get; init; }

    /// <summary>Who asked for it; null when nobody said.</summary>
    public string? By { get; init; }

    /// <summary>Why; null when nobody said.</summary>
    public string? Reason { get; init; }

    /// <summary>When it ends by itself; null for "until resumed".</summary>
    public Instant? Until { get; init; }

    /// <summary>A pause as somebody asks for it; the store's now becomes its beginning.</summary>
    internal static Pause Asked(string? by, string? reason, Instant? until) => new()
    {
        By = StorableText.Clean(by, MaximumTextLength),
        Reason = StorableText.Clean(reason, MaximumTextLength),
        Until = until,
    };
}
