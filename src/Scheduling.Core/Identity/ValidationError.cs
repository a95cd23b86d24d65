namespace Scheduling;

/// <summary>One thing that is wrong with what was given: which field, what was given, what is allowed and, where there is one, the near miss.</summary>
/// <remarks>Immutable and safe to share between threads. The texts are English and meant for people; <see cref="Field"/> is meant for programs.</remarks>
public sealed record ValidationError
{
    /// <summary>The path of the field, as the caller spells it: <c>executor</c>, <c>pollingIntervalCronExpression.hour</c>. Never empty.</summary>
    public required string Field { get; init; }

    /// <summary>What is wrong and how to mend it, as one sentence that names the field. At most a few hundred characters; never repeats long input.</summary>
    public required string Message { get; init; }

    /// <summary>What was given, shortened, or null when nothing was given.</summary>
    public string? Given { get; init; }

    /// <summary>What is allowed, such as <c>0-23</c>, or null when the message says it all.</summary>
    public string? Allowed { get; init; }

    /// <summary>The value that was probably meant, or null when there is no near one.</summary>
    public string? Suggestion { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Message;
}
