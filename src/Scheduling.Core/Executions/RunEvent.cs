using System.Text;
using NodaTime;

namespace Scheduling;

/// <summary>Something that a run reported while it worked.</summary>
/// <remarks>A snapshot: immutable and thread-safe. At most <see cref="MaximumCount"/> events and <see cref="MaximumBytes"/> bytes of name and text are kept of one execution; when more are reported, the last one says how many were dropped.</remarks>
public sealed record RunEvent
{
    /// <summary>The most events of an execution: 200.</summary>
    public const int MaximumCount = 200;

    /// <summary>The most bytes of names and texts of an execution, in UTF-8: 65,536.</summary>
    public const int MaximumBytes = 64 * 1024;

    /// <summary>The most characters of <see cref="Name"/>; longer ones are cut: 128.</summary>
    public const int MaximumNameLength = 128;

    /// <summary>The most characters of <see cref="Text"/>; longer ones are cut: 4,096.</summary>
    public const int MaximumTextLength = 4_096;

    /// <summary>The name of the event that says how many others were dropped.</summary>
    public const string DroppedName = "events.dropped";

    /// <summary>Counts the events of the execution from 1, over all its attempts.</summary>
    public int Number { get; init; }

    /// <summary>When it was reported: the attempt's start by the store's clock, plus the time the node measured since.</summary>
    public Instant At { get; init; }

    /// <summary>The attempt that reported it, from 1.</summary>
    public int Attempt { get; init; }

    /// <summary>How much it matters.</summary>
    public RunEventLevel Level { get; init; }

    /// <summary>What happened, as a name that programs and people can group by.</summary>
    public string Name { get; init; } = "";

    /// <summary>What there is to say about it, or null.</summary>
    public string? Text { get; init; }

    /// <summary>What it counts towards <see cref="MaximumBytes"/>.</summary>
    internal int Bytes => Encoding.UTF8.GetByteCount(Name) + (Text is null ? 0 : Encoding.UTF8.GetByteCount(Text));
}
