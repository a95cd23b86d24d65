namespace Scheduling;

/// <summary>What went wrong in the last attempt of an execution, as text that is safe to store and show.</summary>
/// <remarks>Cut to 8 KB in all, with control characters that a store cannot keep replaced. Never contains secrets that the library knows of.</remarks>
public sealed record ExecutionError
{
    /// <summary>The most characters of <see cref="Message"/>: 2,048.</summary>
    public const int MaximumMessageLength = 2_048;

    /// <summary>The most characters of <see cref="Detail"/>: 6,144.</summary>
    public const int MaximumDetailLength = 6_144;

    /// <summary>The exception's type name, or null when the executor reported the failure itself. For people; nothing is ever loaded by it.</summary>
    public string? Type { get; init; }

    /// <summary>The message.</summary>
    public string Message { get; init; } = "";

    /// <summary>The stack trace or what else helps, or null.</summary>
    public string? Detail { get; init; }

    /// <summary>Makes the error of an exception, cut to size.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <returns>The error.</returns>
    public static ExecutionError From(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return From(exception, static text => text);
    }

    /// <summary>Makes the error of an exception, with what must not be written taken out before anything is cut.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="redact">Takes out of a text what must not be written, such as <c>JobContext.Masked</c> does.</param>
    /// <returns>The error.</returns>
    public static ExecutionError From(Exception exception, Func<string?, string?> redact)
    {
        ArgumentNullException.ThrowIfNull(exception);
        ArgumentNullException.ThrowIfNull(redact);
        return new()
        {
            Type = StorableText.Clean(exception.GetType().FullName, 256),
            Message = StorableText.Clean(redact(SafeMessage(exception)), MaximumMessageLength) ?? "",
            Detail = StorableText.Clean(redact(SafeDetail(exception)), MaximumDetailLength),
        };
    }

    // An exception type of a user may throw from its own Message; the run's end must not hang on that.
    private static string SafeMessage(Exception exception)
    {
        try
        {
            return exception.Message;
        }
        catch (Exception broken)
        {
            return $"The exception's message could not be read ({broken.GetType().Name}).";
        }
    }

    private static string SafeDetail(Exception exception)
    {
        try
        {
            return exception.ToString();
        }
        catch (Exception broken)
        {
            return $"The exception could not be written as text ({broken.GetType().Name}).";
        }
    }
}
