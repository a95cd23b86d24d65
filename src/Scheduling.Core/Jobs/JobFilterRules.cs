using System.Globalization;
using NodaTime;

namespace Scheduling;

/// <summary>What a filter allows and what it means. Stores that filter in their own language must mean the same.</summary>
internal static class JobFilterRules
{
    /// <summary>Refuses conditions that no job could meet because they are malformed.</summary>
    /// <exception cref="SchedulingValidationException">A text is too long or cannot be stored; every problem is named.</exception>
    public static void Require(JobFilter filter)
    {
        var errors = new List<ValidationError>();
        CheckText(errors, filter.KeyPrefix, "keyPrefix", IdentityText.MaximumLength);
        CheckText(errors, filter.NameContains, "nameContains", JobDefinition.MaximumNameLength);
        if (filter.Executor is not null && IdentityText.Check(filter.Executor, "executor") is { } error)
            errors.Add(error);
        if (errors.Count > 0)
            throw new SchedulingValidationException(errors);
    }

    /// <summary>Whether a job, as people see it, meets a filter.</summary>
    public static bool Matches(JobFilter filter, Job job, Instant now) =>
        (string.IsNullOrEmpty(filter.KeyPrefix) || job.Key.StartsWith(filter.KeyPrefix, StringComparison.Ordinal))
        && (string.IsNullOrEmpty(filter.NameContains) || Contains(job.Name, filter.NameContains))
        && (filter.Executor is null || string.Equals(filter.Executor, job.Executor, StringComparison.Ordinal))
        && (filter.State is null || filter.State == job.State)
        && (filter.IsActive is null || filter.IsActive == job.Active)
        && (filter.IsPaused is null || filter.IsPaused == (job.Pause is not null || job.ScopedPause is not null))
        && (filter.IsOverdue is null || filter.IsOverdue == (job.NextRunAt < now))
        && (filter.LastStatus is null || filter.LastStatus == job.LastRun?.Status);

    private static bool Contains(string? text, string part)
    {
        for (var start = 0; start <= text?.Length - part.Length; start++)
        {
            var length = 0;
            while (length < part.Length && Fold(text![start + length]) == Fold(part[length]))
                length++;
            if (length == part.Length)
                return true;
        }
        return false;
    }

    private static char Fold(char c) => c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c;

    private static void CheckText(List<ValidationError> errors, string? text, string field, int maximum)
    {
        if (text is null || (text.Length <= maximum && StorableText.IsClean(text)))
            return;
        errors.Add(new ValidationError
        {
            Field = field,
            Given = IdentityText.Shorten(text),
            Allowed = string.Create(CultureInfo.InvariantCulture, $"at most {maximum} characters of well-formed text"),
            Message = string.Create(CultureInfo.InvariantCulture, $"{field} has {text.Length} characters or is not well-formed: give at most {maximum} characters of well-formed text."),
        });
    }
}
