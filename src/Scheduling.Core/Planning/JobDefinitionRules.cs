using System.Globalization;
using NodaTime;
using Scheduling.Schedules;

namespace Scheduling.Planning;

/// <summary>The one place where a definition is checked: all problems at once, each naming its field.</summary>
internal static class JobDefinitionRules
{
    private static readonly Duration LongestTimeout = Duration.FromDays(365);

    /// <summary>Checks everything but the schedule, which needs a time and a context.</summary>
    public static List<ValidationError> Check(JobDefinition definition)
    {
        var errors = new List<ValidationError>();
        if (definition.Key is not null)
            Add(errors, IdentityText.Check(definition.Key, "key"));
        Add(errors, IdentityText.Check(definition.Executor, "executor"));
        if (definition.SpreadKey is not null)
            Add(errors, IdentityText.Check(definition.SpreadKey, "spreadKey"));
        CheckText(errors, definition.Name, "name", JobDefinition.MaximumNameLength);
        CheckText(errors, definition.Description, "description", JobDefinition.MaximumDescriptionLength);
        CheckPolicies(errors, definition);
        return errors;
    }

    public static void Require(List<ValidationError> errors)
    {
        if (errors.Count > 0)
            throw new SchedulingValidationException(errors);
    }

    private static void CheckPolicies(List<ValidationError> errors, JobDefinition definition)
    {
        if (definition.Schedule is null)
            errors.Add(Error("schedule", null, "schedule is required: Schedule.Manual is a job that runs only on request.", "a schedule"));
        if (definition.Timeout <= Duration.Zero || definition.Timeout > LongestTimeout)
            errors.Add(Error("timeout", definition.Timeout.ToString("o", CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"timeout is {definition.Timeout}: give more than zero and at most 365 days."), "0-365 days"));
        if (definition.Misfire is null)
            errors.Add(Error("misfire", null, "misfire is required: MisfirePolicy.RunOnce is the default.", "a misfire policy"));
        if (definition.Retry is null)
            errors.Add(Error("retry", null, "retry is required: RetryPolicy.None is the default.", "a retry policy"));
        if (!Enum.IsDefined(definition.Overlap))
            errors.Add(Unknown("overlap", (byte)definition.Overlap, "Skip, QueueOne or Allow"));
        if (!Enum.IsDefined(definition.Orphans))
            errors.Add(Unknown("orphans", (byte)definition.Orphans, "Rerun or Abandon"));
    }

    private static void CheckText(List<ValidationError> errors, string? text, string field, int maximum)
    {
        if (text is null)
            return;
        if (text.Length > maximum)
            errors.Add(Error(field, IdentityText.Shorten(text), string.Create(CultureInfo.InvariantCulture, $"{field} has {text.Length} characters: at most {maximum} are allowed."), string.Create(CultureInfo.InvariantCulture, $"0-{maximum} characters")));
        else if (!StorableText.IsClean(text))
            errors.Add(Error(field, IdentityText.Shorten(text), $"{field} has a NUL or half a surrogate pair: give well-formed text.", "well-formed text"));
    }

    private static ValidationError Unknown(string field, byte given, string allowed) =>
        Error(field, given.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"{field} {given} is unknown: give {allowed}."), allowed);

    private static ValidationError Error(string field, string? given, string message, string allowed) =>
        new() { Field = field, Given = given, Message = message, Allowed = allowed };

    private static void Add(List<ValidationError> errors, ValidationError? error)
    {
        if (error is not null)
            errors.Add(error);
    }
}
