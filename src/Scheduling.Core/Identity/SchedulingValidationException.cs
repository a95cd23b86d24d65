namespace Scheduling;

/// <summary>What was given is not valid: every problem at once, and nothing was stored.</summary>
public sealed class SchedulingValidationException : Exception
{
    /// <summary>Creates the exception for one or more problems.</summary>
    /// <param name="errors">The problems; at least one.</param>
    public SchedulingValidationException(IReadOnlyList<ValidationError> errors)
        : base(Describe(errors)) => Errors = errors;

    /// <summary>Creates the exception for one problem.</summary>
    /// <param name="error">The problem.</param>
    public SchedulingValidationException(ValidationError error)
        : this([error])
    {
    }

    /// <summary>The problems, in the order of the fields; never empty.</summary>
    public IReadOnlyList<ValidationError> Errors { get; }

    private static string Describe(IReadOnlyList<ValidationError> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        if (errors.Count == 0)
            throw new ArgumentException("At least one error is needed.", nameof(errors));
        return errors.Count == 1
            ? errors[0].Message
            : $"{errors.Count} problems: {string.Join(" ", errors.Select(static e => e.Message))}";
    }
}
