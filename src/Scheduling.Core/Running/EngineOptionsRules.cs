using System.Globalization;
using NodaTime;

namespace Scheduling.Running;

/// <summary>The ranges of an engine's options: a value outside would make every tick fail, so it is refused at once.</summary>
internal static class EngineOptionsRules
{
    private const int MostRuns = 100_000;
    private static readonly Duration Week = Duration.FromDays(7);
    private static readonly Duration Moment = Duration.FromMilliseconds(1);

    public static void Require(EngineOptions options)
    {
        var errors = new List<ValidationError>();
        Add(errors, IdentityText.Check(options.Node, "Node"));
        Count(errors, "MaxConcurrentRuns", options.MaxConcurrentRuns, MostRuns);
        Count(errors, "MaxUnsettled", options.MaxUnsettled, int.MaxValue);
        Range(errors, "LeaseDuration", options.LeaseDuration, Moment, Week);
        Range(errors, "RenewInterval", options.RenewInterval, Moment, options.LeaseDuration / 3);
        Range(errors, "MisfireThreshold", options.MisfireThreshold, Duration.Zero, Duration.FromDays(365));
        Range(errors, "Grace", options.Grace, Duration.Zero, Week);
        Range(errors, "SafetyPollInterval", options.SafetyPollInterval, Moment, Duration.FromMinutes(1));
        Range(errors, "PollInterval", options.PollInterval, Moment, Duration.FromMinutes(1));
        Range(errors, "SweepInterval", options.SweepInterval, Moment, Week);
        Range(errors, "Retention", options.Retention, Moment, Duration.FromDays(3_650));
        Range(errors, "ParkAfter", options.ParkAfter, Moment, Duration.FromDays(365));
        Range(errors, "StoreTimeout", options.StoreTimeout, Moment, Week);
        if (errors.Count > 0)
            throw new SchedulingValidationException(errors);
    }

    private static void Count(List<ValidationError> errors, string field, int value, int most)
    {
        if (value < 1 || value > most)
            errors.Add(Error(field, value.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"1-{most}")));
    }

    private static void Range(List<ValidationError> errors, string field, Duration value, Duration least, Duration most)
    {
        if (value < least || value > most)
            errors.Add(Error(field, value.ToString("o", CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"{least:o} to {most:o}")));
    }

    private static ValidationError Error(string field, string given, string allowed) =>
        new() { Field = field, Given = given, Allowed = allowed, Message = $"{field} is {given}: give {allowed}." };

    private static void Add(List<ValidationError> errors, ValidationError? error)
    {
        if (error is not null)
            errors.Add(error);
    }
}
