using System.Globalization;
using Microsoft.Extensions.Options;
using NodaTime;
using Scheduling.Policies;
using Scheduling.Running;
using Scheduling.Storage;

namespace Scheduling.Hosting;

/// <summary>Checks everything that a program said about its scheduler, settings, executors, store and jobs, and names every problem at once. Runs when the host starts, before anything else does.</summary>
internal sealed class OptionsRules(
    IEnumerable<ExecutorDeclaration> executors,
    IEnumerable<StoreDeclaration> stores,
    IEnumerable<JobDeclaration> jobs,
    IEnumerable<JobSetDeclaration> sets,
    TimeProvider time,
    IDateTimeZoneProvider? zones = null,
    bool hasAdmissionPolicy = false) : IValidateOptions<SchedulingOptions>
{
    /// <summary>A renewal may fail once and be late once before the lease is over.</summary>
    private const int RenewalsPerLease = 3;

    public ValidateOptionsResult Validate(string? name, SchedulingOptions options)
    {
        List<string> problems = [.. options.Unreadable];
        CheckSettings(options, problems);
        CheckExecutors(problems);
        CheckExecutorSettings(options, problems);
        CheckSecretKeys(options, problems);
        LastSuccessAlarms.Check(options, PathOf(nameof(options.LastSuccessAlarms)), problems);
        CheckStores(problems);
        var areRulesFine = CheckAdmission(options, problems);
        CheckJobs(problems, [.. sets, .. options.JobSets], areRulesFine ? OptionsAdmission.Of(options.Admission) : null);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static void CheckSettings(SchedulingOptions options, List<string> problems)
    {
        foreach (var setting in Settings.All)
        {
            if (setting.Check(options, PathOf(setting.Name)) is { } problem)
                problems.Add(problem);
        }
        if (options.RenewInterval > TimeSpan.Zero && options.LeaseDuration / RenewalsPerLease < options.RenewInterval)
        {
            problems.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{PathOf(nameof(options.LeaseDuration))} is {options.LeaseDuration:c} and {PathOf(nameof(options.RenewInterval))} is {options.RenewInterval:c}: the lease is at least {RenewalsPerLease} times the renewal, {options.RenewInterval * RenewalsPerLease:c} here."));
        }
    }

    private void CheckExecutors(List<string> problems)
    {
        foreach (var executor in executors)
        {
            if (executor.MaxConcurrentRuns is < 1 or > Settings.MostRuns)
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"Executor '{executor.Key}' ({executor.Source}) was added with maxConcurrentRuns {executor.MaxConcurrentRuns}: give {CountSetting.AllowedFrom(1, Settings.MostRuns)}, or null."));
            if (KeyProblem(executor) is { } problem)
                problems.Add($"Executor of {executor.Source}: {problem}");
        }
        foreach (var same in executors.GroupBy(static executor => executor.Key, StringComparer.Ordinal).Where(static same => same.Count() > 1))
            problems.Add($"Executor '{same.Key}' was added {Times(same.Count())}, by {string.Join(" and by ", same.Select(static executor => executor.Source))}: each key has one executor.");
    }

    private static string? KeyProblem(ExecutorDeclaration executor)
    {
        try
        {
            _ = new ExecutorRegistration(executor.Key, static (_, _) => default);
            return null;
        }
        catch (SchedulingValidationException invalid)
        {
            return invalid.Message;
        }
    }

    private void CheckExecutorSettings(SchedulingOptions options, List<string> problems)
    {
        var known = executors.Select(static executor => executor.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var (key, settings) in options.Executors)
        {
            var path = $"{PathOf(nameof(options.Executors))}:{key}";
            if (settings?.MaxConcurrentRuns is < 1 or > Settings.MostRuns)
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"{path}:{nameof(ExecutorOptions.MaxConcurrentRuns)} is '{settings!.MaxConcurrentRuns}': give {CountSetting.AllowedFrom(1, Settings.MostRuns)}."));

            // Nodes may share one configuration and have different executors, so an unknown key is no mistake unless only its case differs.
            if (!known.Contains(key) && known.FirstOrDefault(other => string.Equals(other, key, StringComparison.OrdinalIgnoreCase)) is { } near)
                problems.Add($"{path} names no executor of this program: did you mean '{near}'?");
        }
    }

    private static void CheckSecretKeys(SchedulingOptions options, List<string> problems)
    {
        foreach (var same in options.SecretKeys.GroupBy(static key => key.Id, StringComparer.Ordinal).Where(static same => same.Count() > 1))
            problems.Add($"{PathOf(SecretKeysReader.SectionName)}:{SecretKeysReader.KeysName} has the id '{same.Key}' {Times(same.Count())}: an id names one key for ever, so give the newer one another id.");
    }

    private void CheckStores(List<string> problems)
    {
        var names = stores.Select(static store => store.Name).Distinct(StringComparer.Ordinal).ToList();
        if (names.Count > 1)
            problems.Add($"{string.Join(" and ", names)} were both called: a program has one store, so keep one of them.");
    }

    private bool CheckAdmission(SchedulingOptions options, List<string> problems)
    {
        var before = problems.Count;
        AdmissionReader.Check(options.Admission, PathOf(nameof(options.Admission)), problems);
        if (problems.Count == before && hasAdmissionPolicy && OptionsAdmission.Of(options.Admission) is not null)
            problems.Add($"{PathOf(nameof(options.Admission))} has rules, and the program registered an {nameof(IAdmissionPolicy)}: keep one of them.");
        return problems.Count == before;
    }

    // A store in memory that is thrown away applies the very rules that the real one will, without a second copy of them here.
    private void CheckJobs(List<string> problems, IReadOnlyList<JobSetDeclaration> jobSets, OptionsAdmission? admission)
    {
        var scheduler = new JobScheduler(new InMemoryStore(time, maximumHistory: 1), zones, time, admission);
        var seen = new HashSet<(string Tenant, string? Key)>();
        foreach (var job in jobs)
        {
            var title = $"AddJob(\"{job.Tenant}\", \"{job.Definition.Key}\")";
            if (Refusal(() => scheduler.ForTenant(job.Tenant).EnsureAsync(job.Definition).AsTask()) is { } refusal)
                problems.Add($"{title}: {refusal.Message}");
            else if (!seen.Add((job.Tenant, job.Definition.Key)))
                problems.Add($"{title} was called {Times(2)}: a job has one definition.");
        }
        foreach (var set in jobSets)
            CheckSet(problems, set, scheduler, seen);
        foreach (var same in jobSets.GroupBy(static set => (set.Tenant, set.Set.Name)).Where(static same => same.Count() > 1))
            problems.Add($"The set '{same.Key.Name}' of tenant '{same.Key.Tenant}' is given {Times(same.Count())}, by {string.Join(" and by ", same.Select(static set => set.Title))}: each would delete the other's jobs, so give them names of their own.");
    }

    private static void CheckSet(List<string> problems, JobSetDeclaration set, JobScheduler scheduler, HashSet<(string Tenant, string? Key)> seen)
    {
        if (Refusal(() => scheduler.ForTenant(set.Tenant).ReconcileAsync(set.Set with { Jobs = [] })) is { } refusal)
        {
            problems.Add($"{set.Title}: {refusal.Message}");
            return;
        }
        foreach (var definition in set.Set.Jobs)
        {
            if (Refusal(() => scheduler.ForTenant(set.Tenant).EnsureAsync(definition).AsTask()) is { } wrong)
                problems.AddRange(set.Problems(definition, wrong));
            else if (!seen.Add((set.Tenant, definition.Key)))
                problems.Add($"{set.Title}: the job '{definition.Key}' has another definition too: a job has one.");
        }
    }

    private static Exception? Refusal(Func<Task> write)
    {
        try
        {
            write().GetAwaiter().GetResult();
            return null;
        }
        catch (Exception refusal) when (refusal is SchedulingValidationException or AdmissionException)
        {
            return refusal;
        }
    }

    private static string PathOf(string setting) => $"{SchedulingOptions.SectionName}:{setting}";

    private static string Times(int count) => count == 2 ? "twice" : string.Create(CultureInfo.InvariantCulture, $"{count} times");
}
