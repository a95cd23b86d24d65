using NodaTime;

namespace Scheduling.Policies;

/// <summary>One admission rule that a job or a request breaks: which, what was given and what is allowed.</summary>
/// <remarks>Immutable and thread-safe. The texts are English and meant for people; <see cref="Rule"/> and <see cref="Field"/> are meant for programs.</remarks>
public sealed record AdmissionRefusal
{
    /// <summary>The rule.</summary>
    public required AdmissionRule Rule { get; init; }

    /// <summary>The field of the definition that breaks it: <c>schedule</c>, <c>executor</c>, <c>payload</c>; null for rules that are not about a field.</summary>
    public string? Field { get; init; }

    /// <summary>What was given, shortened.</summary>
    public required string Given { get; init; }

    /// <summary>What the rule allows.</summary>
    public required string Allowed { get; init; }

    /// <summary>Both as one sentence that says how to mend it.</summary>
    public required string Message { get; init; }

    /// <summary>How long to wait until the same request is allowed; null when waiting does not help.</summary>
    public Duration? RetryAfter { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Message;
}
