using System.Globalization;
using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;

namespace Scheduling.Planning;

/// <summary>Which admission rules a job breaks. Pure: a store's transaction calls it with the job as it would be stored.</summary>
internal static class AdmissionCheck
{
    /// <summary>Checks a new job, or what a change of one touches.</summary>
    /// <param name="rules">The tenant's rules.</param>
    /// <param name="before">The job as it is; null for a new one.</param>
    /// <param name="after">The job as it would be; valid.</param>
    /// <param name="planner">Knows the zones.</param>
    /// <param name="now">The store's now.</param>
    public static List<AdmissionRefusal> Check(AdmissionRules rules, Job? before, Job after, DuePlanner planner, Instant now)
    {
        var refusals = new List<AdmissionRefusal>();
        if (before is null || !string.Equals(before.Executor, after.Executor, StringComparison.Ordinal))
            Add(refusals, Executor(rules, after.Executor));
        if (before is null || before.Payload != after.Payload)
            Add(refusals, Payload(rules, after.Payload));
        if (before is null || !SameSlots(before.Definition, after.Definition))
            CheckSchedule(refusals, rules, after, planner, now);
        return refusals;
    }

    /// <summary>The refusal of one job more.</summary>
    public static AdmissionRefusal TooManyJobs(int maximum, int count) => new()
    {
        Rule = AdmissionRule.MaximumJobs,
        Given = Text($"{count + 1} jobs"),
        Allowed = Text($"at most {maximum} jobs"),
        Message = Text($"The tenant has {count} jobs and may have {maximum}: delete one that is not needed, or ask the operator for more."),
    };

    /// <summary>The refusal of one request more.</summary>
    public static AdmissionRefusal TooManyRequests(RunRate rate, Duration retryAfter)
    {
        // Rounded up, so that who waits that long is not refused again.
        var wait = Duration.FromMilliseconds(Math.Max(1, Math.Ceiling(retryAfter.TotalMilliseconds)));
        return new()
        {
            Rule = AdmissionRule.RunNowRate,
            Given = Text($"more than {rate.Runs} requests"),
            Allowed = Text($"{rate.Runs} requests per {EnglishDuration.Precise(rate.Per)}"),
            Message = Text($"Runs are asked for too often: {rate.Runs} requests per {EnglishDuration.Precise(rate.Per)} are allowed. Ask again in {EnglishDuration.Precise(wait)}."),
            RetryAfter = wait,
        };
    }

    private static bool SameSlots(JobDefinition one, JobDefinition other) =>
        one.Schedule.IsWrittenLike(other.Schedule) && string.Equals(one.SpreadKey, other.SpreadKey, StringComparison.Ordinal);

    private static AdmissionRefusal? Executor(AdmissionRules rules, string executor) =>
        rules.Executors is not { } allowed || allowed.Contains(executor, StringComparer.Ordinal)
            ? null
            : Refusal(AdmissionRule.Executor, "executor", $"'{IdentityText.Shorten(executor)}'", ListOf(allowed.Select(static key => $"'{IdentityText.Shorten(key)}'")), "executor is {0}, which the tenant may not use: give {1}.");

    private static AdmissionRefusal? Payload(AdmissionRules rules, JobPayload payload) =>
        rules.MaximumPayloadBytes is not { } most || payload.Utf8.Length <= most
            ? null
            : Refusal(AdmissionRule.PayloadSize, "payload", Text($"{payload.Utf8.Length:N0} bytes"), Text($"at most {most:N0} bytes"), "payload has {0}: give {1}, and keep large data elsewhere.");

    private static void CheckSchedule(List<AdmissionRefusal> refusals, AdmissionRules rules, Job job, DuePlanner planner, Instant now)
    {
        Add(refusals, Kind(rules, job.Schedule.Kind));
        Add(refusals, Interval(rules, job.Schedule));
        if (rules.MinimumSpacing is not { } minimum)
            return;
        var context = planner.ContextOf(job.Tenant, job.Definition, job.Anchor);
        if (OccurrenceSpacing.Below(job.Schedule, minimum, now, context) is { } close)
            refusals.Add(Spacing(minimum, close.First, close.Second));
    }

    private static AdmissionRefusal? Kind(AdmissionRules rules, ScheduleKind kind) =>
        rules.ScheduleKinds is not { } allowed || allowed.Contains(kind)
            ? null
            : Refusal(AdmissionRule.ScheduleKind, "schedule", NameOf(kind), ListOf(allowed.Select(NameOf)), "schedule is of the kind {0}, which the tenant may not use: give {1}.");

    private static AdmissionRefusal? Interval(AdmissionRules rules, Schedule schedule) =>
        rules.PollingIntervals is not { } allowed || schedule is not PollingSchedule polling || polling.Interval == PollingInterval.Disabled || allowed.Contains(polling.Interval)
            ? null
            : Refusal(AdmissionRule.PollingInterval, "schedule", polling.Interval.WireName(), ListOf(allowed.Append(PollingInterval.Disabled).Distinct().Select(static interval => interval.WireName())), "schedule polls {0}, which the tenant may not use: give {1}.");

    private static AdmissionRefusal Spacing(Duration minimum, Instant first, Instant second)
    {
        var least = minimum.NanosecondOfDay % NodaConstants.NanosecondsPerMillisecond == 0 ? EnglishDuration.Precise(minimum) : Text($"{minimum:o}");
        var given = EnglishDuration.Precise(second - first);
        return new()
        {
            Rule = AdmissionRule.MinimumSpacing,
            Field = "schedule",
            Given = given,
            Allowed = $"at least {least}",
            Message = $"schedule names the runs {EnglishTime.Utc(first)} and {EnglishTime.Utc(second)}, which are {given} apart: give a schedule whose runs are always at least {least} apart, also when clocks change.",
        };
    }

    private static AdmissionRefusal Refusal(AdmissionRule rule, string field, string given, string allowed, string message) =>
        new() { Rule = rule, Field = field, Given = given, Allowed = allowed, Message = string.Format(CultureInfo.InvariantCulture, message, given, allowed) };

    private static string NameOf(ScheduleKind kind) => kind.ToString().ToLowerInvariant();

    private static string ListOf(IEnumerable<string> names)
    {
        var list = names.ToList();
        return list.Count == 0 ? "nothing, as none is allowed" : EnglishList.Of(list, "or");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Add(List<AdmissionRefusal> refusals, AdmissionRefusal? refusal)
    {
        if (refusal is not null)
            refusals.Add(refusal);
    }
}
