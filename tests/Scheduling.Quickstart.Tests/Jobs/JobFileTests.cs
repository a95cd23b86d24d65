using System.Text;
using Quickstart.Jobs;
using Quickstart.Work;
using Scheduling.Schedules;
using Scheduling.TestKit;

namespace Quickstart.Tests.Jobs;

public sealed class JobFileTests : IDisposable
{
    private const string Disabled = """ "schedule": { "pollingInterval": "DISABLED" } """;
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public async Task ReadAsync_OfTheSample_FindsJobsOfThreeTenants()
    {
        var file = await JobFile.ReadAsync(Path.Combine(AppContext.BaseDirectory, "jobs.json"), ExecutorKeys.All, new ManualTimeProvider());
        Assert.Empty(file.Problems);
        Assert.Equal(["acme", "globex", "initech"], file.Jobs.Select(static job => job.Tenant).Distinct(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Contains(file.Jobs, static job => !job.Definition.Active);
        Assert.Equal([ScheduleKind.Cron, ScheduleKind.Interval, ScheduleKind.Polling], file.Jobs.Select(static job => job.Definition.Schedule.Kind).Distinct().OrderBy(static kind => kind.ToString(), StringComparer.Ordinal));
    }

    [Fact]
    public async Task ReadAsync_OfAnEnvelope_TakesEachMember()
    {
        var file = await ReadAsync("""{ "jobs": [ { "tenant": "acme", "key": "a", "executor": "cleanup", "name": "A b", "active": false, "payload": { "x": 1 }, "schedule": { "pollingInterval": "ONE_DAY", "pollingIntervalCronExpression": { "hour": 0 } } } ] }""");
        var (tenant, job) = Assert.Single(file.Jobs);
        Assert.Equal(("acme", "a", "cleanup", "A b", false, """{ "x": 1 }"""), (tenant, job.Key, job.Executor, job.Name, job.Active, job.Payload.ToJson()));
        Assert.Equal(Schedule.Polling(PollingInterval.OneDay, hour: 0), job.Schedule);
    }

    [Theory]
    [InlineData("""{ "key": "a", "executor": "cleanup", $ }""", "jobs[0].tenant: is missing.")]
    [InlineData("""{ "tenant": 5, "key": "a", "executor": "cleanup", $ }""", "jobs[0].tenant: is a number; give text.")]
    [InlineData("""{ "tenant": " a", "key": "a", "executor": "cleanup", $ }""", "jobs[0].tenant: begins or ends with white space: give 1-128 characters without control characters or outer white space.")]
    [InlineData("""{ "tenant": "a", "executor": "cleanup", $ }""", "jobs[0].key: is missing.")]
    [InlineData("""{ "tenant": "a", "key": "", "executor": "cleanup", $ }""", "jobs[0].key: is empty: give 1-128 characters without control characters or outer white space.")]
    [InlineData("""{ "tenant": "a", "key": "a", $ }""", "jobs[0].executor: is missing.")]
    [InlineData("""{ "tenant": "a", "key": "a", "executor": "clean", $ }""", "jobs[0].executor: there is no 'clean'; there are integration.sync, report.build, export.push, cleanup.")]
    [InlineData("""{ "tenant": "a", "key": "a", "executor": "cleanup", "name": null, $ }""", "jobs[0].name: is null; give text.")]
    [InlineData("""{ "tenant": "a", "key": "a", "executor": "cleanup", "active": "yes", $ }""", "jobs[0].active: is text; give true or false.")]
    [InlineData("""{ "tenant": "a", "key": "a", "executor": "cleanup", "colour": 1, $ }""", "jobs[0].colour: is not known; a job has tenant, key, executor, name, active, payload, schedule.")]
    [InlineData("""{ "tenant": "a", "key": "a", "executor": "cleanup" }""", "jobs[0].schedule: is missing.")]
    [InlineData("7", "jobs[0]: is a number; a job is an object.")]
    public async Task ReadAsync_OfABadEnvelope_NamesThePath(string job, string problem)
    {
        var file = await ReadAsync($$"""{ "jobs": [ {{job.Replace("$", Disabled, StringComparison.Ordinal)}} ] }""");
        Assert.Equal([problem], file.Problems);
    }

    [Theory]
    [InlineData("""{ "frequencyType": "CRON_BASED", "cronExpression": "0 25 * * *" }""", "jobs[1].schedule.cronExpression: ")]
    [InlineData("""{ "frequencyType": "CRON_BASED", "cronExpression": "0 0 * * *", "timeZone": "Europe/Pariss" }""", "jobs[1].schedule.timeZone: ")]
    [InlineData("""{ "frequencyType": "CRON_BASED", "cronExpression": "0 0 30 2 *" }""", "jobs[1].schedule: ")]
    [InlineData("""{ "frequencyType": "INTERVAL_BASED" }""", "jobs[1].schedule.intervalMinutes: ")]
    [InlineData("""{ "frequencyType": "INTERVAL_BASED", "intervalMinutes": 0 }""", "jobs[1].schedule.intervalMinutes: ")]
    [InlineData("""{ "frequencyType": "SOMETIMES" }""", "jobs[1].schedule.frequencyType: ")]
    [InlineData("""{ "pollingInterval": "ONE_DAY", "pollingIntervalCronExpression": { "hour": 24 } }""", "jobs[1].schedule.pollingIntervalCronExpression.hour: ")]
    [InlineData("5", "jobs[1].schedule: ")]
    public async Task ReadAsync_OfABadSchedule_NamesThePath(string schedule, string beginning)
    {
        var file = await ReadAsync($$"""{ "jobs": [ { "tenant": "a", "key": "a", "executor": "cleanup", {{Disabled}} }, { "tenant": "a", "key": "b", "executor": "cleanup", "schedule": {{schedule}} } ] }""");
        Assert.StartsWith(beginning, Assert.Single(file.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_OfSeveralProblems_NamesAllOfThem()
    {
        var file = await ReadAsync("""{ "jobs": [ { "tenant": " a", "key": "", "executor": "x", "active": 1, "schedule": { "pollingInterval": "ONE_DAY", "pollingIntervalCronExpression": { "hour": 24, "dayOfWeek": 7 } } } ] }""");
        Assert.Equal(
            ["jobs[0].tenant", "jobs[0].executor", "jobs[0].active", "jobs[0].schedule.pollingIntervalCronExpression.hour", "jobs[0].schedule.pollingIntervalCronExpression.dayOfWeek", "jobs[0].key"],
            file.Problems.Select(static problem => problem[..problem.IndexOf(": ", StringComparison.Ordinal)]),
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_OfAKeyThatIsThereTwice_NamesTheSecond()
    {
        var job = $$"""{ "tenant": "a", "key": "k", "executor": "cleanup", {{Disabled}} }""";
        var other = job.Replace("\"a\"", "\"b\"", StringComparison.Ordinal);
        var file = await ReadAsync($$"""{ "jobs": [ {{job}}, {{other}}, {{job}} ] }""");
        Assert.Equal(["jobs[2].key: k is there twice for tenant a; a tenant's keys are unique."], file.Problems);
    }

    [Theory]
    [InlineData("", "is not JSON")]
    [InlineData("{", "is not JSON")]
    [InlineData("""{ "jobs": [], "jobs": [] }""", "is not JSON")]
    [InlineData("[]", "jobs: is missing; the file is an object with an array \"jobs\".")]
    [InlineData("""{ "jobs": 5 }""", "jobs: is missing; the file is an object with an array \"jobs\".")]
    [InlineData("""{ "jobs": [] }""", "jobs: is empty; give at least one job.")]
    public async Task ReadAsync_OfAnotherFile_SaysWhatItIs(string text, string problem) =>
        Assert.Contains(problem, Assert.Single((await ReadAsync(text)).Problems), StringComparison.Ordinal);

    [Fact]
    public async Task ReadAsync_OfAFileWithAByteOrderMark_IgnoresIt()
    {
        await File.WriteAllTextAsync(_path, $$"""{ "jobs": [ { "tenant": "a", "key": "k", "executor": "cleanup", {{Disabled}} } ] }""", Encoding.UTF8, TestContext.Current.CancellationToken);
        Assert.Empty((await JobFile.ReadAsync(_path, ExecutorKeys.All, new ManualTimeProvider())).Problems);
    }

    [Fact]
    public async Task ReadAsync_OfNoFile_SaysSo()
    {
        var file = await JobFile.ReadAsync(_path + ".none", ExecutorKeys.All, new ManualTimeProvider());
        Assert.StartsWith($"{_path}.none: cannot be read: ", Assert.Single(file.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_OfAnUnknownMember_DoesNotRepeatWhatSteersATerminal()
    {
        var file = await ReadAsync($$"""{ "jobs": [ { "tenant": "a", "key": "k", "executor": "cleanup", "\u001b[2J": 1, {{Disabled}} } ] }""");
        Assert.StartsWith("jobs[0].·[2J: is not known", Assert.Single(file.Problems), StringComparison.Ordinal);
    }

    private async Task<JobFile> ReadAsync(string text)
    {
        await File.WriteAllTextAsync(_path, text, TestContext.Current.CancellationToken);
        return await JobFile.ReadAsync(_path, ExecutorKeys.All, new ManualTimeProvider());
    }
}
