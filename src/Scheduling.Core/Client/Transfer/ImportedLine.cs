using System.Globalization;

namespace Scheduling;

/// <summary>What became of one line of an import.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ImportedLine
{
    /// <summary>The line's number, from 1; blank lines count.</summary>
    public long Line { get; internal init; }

    /// <summary>The job's key; null when the line has none that can be read, and for a secret.</summary>
    public string? Key { get; internal init; }

    /// <summary>The secret's name; null for a job.</summary>
    public string? Secret { get; internal init; }

    /// <summary>What became of it.</summary>
    public ImportOutcome Outcome { get; internal init; }

    /// <summary>The job as it is now, or, in a dry run, as it would be; null when it was refused, and for a secret.</summary>
    public Job? Job { get; internal init; }

    /// <summary>Why it was refused: <see cref="SchedulingValidationException"/>, whose errors name the fields, or <see cref="AdmissionException"/>. Null for the other outcomes.</summary>
    public Exception? Error { get; internal init; }

    /// <summary>The line, the key, the outcome and, when it was refused, each field with what is wrong about it.</summary>
    /// <returns>A text such as <c>line 3, job 'github': Refused: timeout: timeout should be a duration, and it is "1h".</c></returns>
    public override string ToString()
    {
        var what = Secret is not null ? $", secret '{IdentityText.Shorten(Secret)}'" : Key is not null ? $", job '{IdentityText.Shorten(Key)}'" : "";
        var why = Error switch
        {
            null => "",
            SchedulingValidationException invalid => ": " + string.Join(" ", invalid.Errors.Select(static error => $"{error.Field}: {error.Message}")),
            var other => $": {other.Message}",
        };
        return string.Create(CultureInfo.InvariantCulture, $"line {Line}{what}: {Outcome}{why}");
    }
}
