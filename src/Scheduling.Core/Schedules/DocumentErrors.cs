namespace Scheduling.Schedules;

/// <summary>Collects the problems of a document, at most one to a field, in the order in which they are found.</summary>
internal sealed class DocumentErrors
{
    private readonly List<ValidationError> _errors = [];

    internal bool IsEmpty => _errors.Count == 0;

    /// <summary>Whether something inside the member is already reported, so that a second complaint would only confuse.</summary>
    internal bool Concern(string member) =>
        _errors.Exists(error => string.Equals(error.Field, member, StringComparison.Ordinal) || error.Field.StartsWith(member + ".", StringComparison.Ordinal));

    /// <param name="field">The path.</param>
    /// <param name="predicate">What is said of the field: <c>is missing</c>.</param>
    /// <param name="given">What was given.</param>
    /// <param name="allowed">What is allowed.</param>
    /// <param name="suggestion">What was probably meant.</param>
    internal void Add(string field, string predicate, string? given = null, string? allowed = null, string? suggestion = null)
    {
        if (_errors.Exists(error => string.Equals(error.Field, field, StringComparison.Ordinal))) return;
        string subject = field is DocumentFields.Root ? "The schedule" : field;
        string ending = (allowed is null ? "." : $"; allowed is {allowed}.") + (suggestion is null ? string.Empty : $" Did you mean {suggestion}?");
        _errors.Add(new ValidationError { Field = field, Message = $"{subject} {predicate}{ending}", Given = given, Allowed = allowed, Suggestion = suggestion });
    }

    internal void AddCron(Scheduling.Cron.CronFormatException refused, string text)
    {
        if (Concern(DocumentFields.CronExpression)) return;
        _errors.Add(new ValidationError
        {
            Field = DocumentFields.CronExpression,
            Message = $"{DocumentFields.CronExpression}: {refused.Message}",
            Given = JsonInput.Shorten(text),
            Allowed = refused.Allowed,
            Suggestion = refused.Suggestion,
        });
    }

    internal void ThrowIfAny()
    {
        if (!IsEmpty) throw new SchedulingValidationException([.. _errors]);
    }
}
