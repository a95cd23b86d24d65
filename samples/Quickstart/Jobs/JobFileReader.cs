using System.Text;
using System.Text.Json;
using Scheduling;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Quickstart.Jobs;

/// <summary>Makes definitions of the envelopes of a job file. Each problem is one line that begins with the path of the member: <c>jobs[3].schedule.cronExpression: ...</c>.</summary>
internal sealed class JobFileReader(IReadOnlyList<string> executors, TimeProvider time)
{
    private static readonly string[] Members = ["tenant", "key", "executor", "name", "active", "payload", "schedule"];

    // Jobs are created once here, in a store that is thrown away: so the library's own rules decide what is right, and there is no second copy of them.
    private readonly JobScheduler _rules = new(new InMemoryStore(time, maximumHistory: 1), time: time);
    private readonly List<JobEntry> _jobs = [];
    private readonly List<string> _problems = [];

    public async Task<JobFile> ReadAsync(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("jobs", out var jobs) || jobs.ValueKind != JsonValueKind.Array)
        {
            _problems.Add("jobs: is missing; the file is an object with an array \"jobs\".");
            return new JobFile([], _problems);
        }
        foreach (var member in root.EnumerateObject().Where(static member => !member.NameEquals("jobs")))
            _problems.Add($"{Printable(member.Name)}: is not known; the file has \"jobs\".");
        if (jobs.GetArrayLength() == 0)
            _problems.Add("jobs: is empty; give at least one job.");
        var index = 0;
        foreach (var job in jobs.EnumerateArray())
            await ReadJobAsync(job, $"jobs[{index++}]");
        return new JobFile(_jobs, _problems);
    }

    private async Task ReadJobAsync(JsonElement job, string path)
    {
        if (job.ValueKind != JsonValueKind.Object)
        {
            _problems.Add($"{path}: is {Kind(job)}; a job is an object.");
            return;
        }
        var problemsBefore = _problems.Count;
        foreach (var member in job.EnumerateObject().Where(static member => !Members.Contains(member.Name, StringComparer.Ordinal)))
            _problems.Add($"{path}.{Printable(member.Name)}: is not known; a job has {string.Join(", ", Members)}.");
        var tenant = Tenant(job, path);

        // Stand-ins for what is already refused let the rest of the job be checked too.
        await CheckAsync(path, tenant ?? new TenantId(path), new JobDefinition
        {
            Key = Text(job, path, "key"),
            Name = job.TryGetProperty("name", out _) ? Text(job, path, "name") : null,
            Executor = Executor(job, path) ?? executors[0],
            Active = Active(job, path),
            Payload = Payload(job, path),
            Schedule = Schedule(job, path) ?? Scheduling.Schedules.Schedule.Manual,
        }, problemsBefore);
    }

    private async Task CheckAsync(string path, TenantId tenant, JobDefinition definition, int problemsBefore)
    {
        try
        {
            await _rules.ForTenant(tenant).CreateAsync(definition);
            if (_problems.Count == problemsBefore)
                _jobs.Add(new JobEntry(tenant.Value, definition));
        }
        catch (SchedulingValidationException refused)
        {
            AddAll($"{path}.", refused);
        }
        catch (JobExistsException)
        {
            _problems.Add($"{path}.key: {definition.Key} is there twice for tenant {tenant}; a tenant's keys are unique.");
        }
    }

    private TenantId? Tenant(JsonElement job, string path) =>
        Text(job, path, "tenant") is { } tenant ? Guarded<TenantId?>($"{path}.", () => new TenantId(tenant)) : null;

    private JobPayload Payload(JsonElement job, string path) =>
        job.TryGetProperty("payload", out var payload) ? Guarded($"{path}.", () => JobPayload.FromUtf8(Encoding.UTF8.GetBytes(payload.GetRawText()))) : default;

    private string? Text(JsonElement job, string path, string member)
    {
        if (!job.TryGetProperty(member, out var value))
            _problems.Add($"{path}.{member}: is missing.");
        else if (value.ValueKind != JsonValueKind.String)
            _problems.Add($"{path}.{member}: is {Kind(value)}; give text.");
        else
            return value.GetString();
        return null;
    }

    private string? Executor(JsonElement job, string path)
    {
        var executor = Text(job, path, "executor");
        // The library allows a job to wait for an executor that comes with a later deployment; in a sample it is a typing error.
        if (executor is not null && !executors.Contains(executor, StringComparer.Ordinal))
            _problems.Add($"{path}.executor: there is no '{Printable(executor)}'; there are {string.Join(", ", executors)}.");
        return executor;
    }

    private bool Active(JsonElement job, string path)
    {
        if (!job.TryGetProperty("active", out var active))
            return true;
        if (active.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            _problems.Add($"{path}.active: is {Kind(active)}; give true or false.");
        return active.ValueKind == JsonValueKind.True;
    }

    private Schedule? Schedule(JsonElement job, string path)
    {
        if (job.TryGetProperty("schedule", out var schedule))
            return Guarded($"{path}.schedule.", () => ScheduleDocument.Parse(schedule).ToSchedule());
        _problems.Add($"{path}.schedule: is missing.");
        return null;
    }

    private T? Guarded<T>(string prefix, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (SchedulingValidationException refused)
        {
            AddAll(prefix, refused);
            return default;
        }
    }

    /// <summary>The library's errors name the field and begin with it; here the whole path stands in its place.</summary>
    private void AddAll(string prefix, SchedulingValidationException refused)
    {
        foreach (var error in refused.Errors)
        {
            var message = error.Message.StartsWith(error.Field, StringComparison.Ordinal) ? error.Message[error.Field.Length..].TrimStart(':', ' ') : error.Message;
            _problems.Add(error.Field is "$" ? $"{prefix.TrimEnd('.')}: {message}" : $"{prefix}{error.Field}: {message}");
        }
    }

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };

    // What stands in a file must not steer the terminal that shows what is wrong with it.
    private static string Printable(string text) => string.Concat(text.Take(60).Select(static c => char.IsControl(c) ? '·' : c));
}
