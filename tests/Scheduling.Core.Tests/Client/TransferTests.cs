using System.Text;
using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;
using Scheduling.Storage;
using Scheduling.TestKit;

namespace Scheduling.Core.Tests.Client;

/// <summary>A tenant's jobs as JSON lines: out, in, and what is wrong with a line.</summary>
public class TransferTests
{
    private const string Github = """{"v":1,"key":"github","executor":"work","schedule":{"pollingInterval":"ONE_DAY","pollingIntervalCronExpression":{"hour":0}}}""";
    private readonly ManualTimeProvider _clock = new(Instant.FromUtc(2026, 3, 4, 12, 0));
    private readonly AdmissionTable _policy = new();
    private readonly JobScheduler _scheduler;
    private readonly ITenantJobs _acme;

    public TransferTests()
    {
        _scheduler = new JobScheduler(new InMemoryStore(_clock), time: _clock, admission: _policy, secrets: Conformance.Keys.Of("first"));
        _acme = _scheduler.ForTenant("acme");
    }

    [Fact]
    public async Task Export_ThenImportElsewhere_IsTheSameAgain()
    {
        await FillAsync();
        var lines = await ExportAsync(_acme);
        _clock.Advance(TimeSpan.FromMinutes(7));
        var globex = _scheduler.ForTenant("globex");

        var items = await ImportAsync(globex, lines);

        Assert.Equal("1 Created, 2 Created, 3 Created, 4 Created, 5 SecretMissing", Text(items));
        await globex.Secrets.SetAsync("token", "s3cret");
        Assert.Equal(lines.Split('\n').Order(StringComparer.Ordinal), (await ExportAsync(globex)).Split('\n').Order(StringComparer.Ordinal));
        Assert.Equal("1 Unchanged, 2 Unchanged, 3 Unchanged, 4 Unchanged, 5 SecretPresent", Text(await ImportAsync(globex, lines)));
        var (there, here) = ((await globex.GetAsync("minutely"))!, (await _acme.GetAsync("minutely"))!);
        Assert.Equal((here.Anchor, here.Payload), (there.Anchor, there.Payload));
        Assert.Equal(("ann", "holidays", _clock.Now), ((await globex.GetAsync("paused"))!.Pause!.By, (await globex.GetAsync("paused"))!.Pause!.Reason, (await globex.GetAsync("paused"))!.Pause!.Since));
    }

    [Fact]
    public async Task Export_NoSecretsAndOneLineEach()
    {
        await FillAsync();

        var lines = await ExportAsync(_acme);

        Assert.DoesNotContain("s3cret", lines, StringComparison.Ordinal);
        Assert.EndsWith("\n", lines, StringComparison.Ordinal);
        Assert.Equal(5, lines.Count(static c => c == '\n'));
        Assert.DoesNotContain('\r', lines);
        Assert.EndsWith("{\"v\":1,\"secret\":\"token\"}\n", lines, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ImportIntoTheSameTenant_NothingChangedSince_ChangesNothing()
    {
        await FillAsync();
        var before = (await _acme.ListAsync()).Items;
        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("1 Unchanged, 2 Unchanged, 3 Unchanged, 4 Unchanged, 5 SecretPresent", Text(await ImportAsync(_acme, await ExportAsync(_acme))));

        Assert.Equal(before, (await _acme.ListAsync()).Items);
    }

    [Fact]
    public async Task Import_JobIsThere_GetsTheDefinitionAndKeepsItsPause()
    {
        await ImportAsync(_acme, Github);
        await _acme.PauseAsync("github", "bob");

        var items = await ImportAsync(_acme, Github.Replace("\"work\"", "\"other\",\"pause\":{\"by\":\"ann\"}", StringComparison.Ordinal));

        Assert.Equal("1 Updated", Text(items));
        Assert.Equal(("other", "bob", 3), (items[0].Job!.Executor, items[0].Job!.Pause!.By, items[0].Job!.Version));
    }

    [Fact]
    public async Task Import_NotUpdating_KeepsWhatIsThere()
    {
        await ImportAsync(_acme, Github);

        var items = await ImportAsync(_acme, Github.Replace("work", "other", StringComparison.Ordinal) + "\n" + Github.Replace("github", "jira", StringComparison.Ordinal), new ImportOptions { UpdatesExisting = false });

        Assert.Equal("1 Kept, 2 Created", Text(items));
        Assert.Equal("work", (await _acme.GetAsync("github"))!.Executor);
    }

    [Fact]
    public async Task Import_DryRun_TellsAndWritesNothing()
    {
        await ImportAsync(_acme, Github);
        var lines = Github.Replace("work", "other", StringComparison.Ordinal) + "\n" + Github.Replace("github", "jira", StringComparison.Ordinal) + "\nnonsense";

        var items = await ImportAsync(_acme, lines, new ImportOptions { IsDryRun = true });

        Assert.Equal("1 Updated, 2 Created, 3 Refused", Text(items));
        Assert.Equal(("other", "jira"), (items[0].Job!.Executor, items[1].Job!.Key));
        Assert.Equal("work", Assert.Single((await _acme.ListAsync()).Items).Executor);
    }

    [Theory]
    [InlineData("nonsense", null, "$")]
    [InlineData("[]", null, "$ v key executor schedule")]
    [InlineData("{}", null, "v key executor schedule")]
    [InlineData("""{"v":2,"key":"a","executor":"e","schedule":{"kind":"manual","v":1}}""", "a", "v")]
    [InlineData("""{"v":1,"executor":"e","schedule":{"kind":"manual","v":1}}""", null, "key")]
    [InlineData("""{"v":1,"key":"a","executor":"e","schedule":{"frequencyType":"INTERVAL_BASED","intervalMinutes":0}}""", "a", "schedule.intervalMinutes")]
    [InlineData("""{"v":1,"key":"a","executor":"e","schedule":{"kind":"manual","v":1},"pause":{"until":"noon","since":1}}""", "a", "pause.since pause.until")]
    [InlineData("""{"v":1,"key":"a","executor":"e","schedule":{"kind":"manual","v":1},"pause":true}""", "a", "pause")]
    [InlineData("""{"v":1,"key":"a\u0000","executor":"","schedule":{"kind":"manual","v":1}}""", "a\0", "key executor")]
    [InlineData("""{"v":1,"key":"a","executor":"e","schedule":{"frequencyType":"CRON_BASED","cronExpression":"0 0 30 2 *"}}""", "a", "schedule")]
    [InlineData("""{"v":1,"key":"a","executor":"e","schedule":{"frequencyType":"CRON_BASED","cronExpression":"0 0 * * *","timeZone":"Mars/Base"}}""", "a", "schedule.timeZone")]
    [InlineData("""{"v":1,"secret":""}""", null, "secret")]
    [InlineData("""{"v":1,"secret":"s","value":"x"}""", null, "value")]
    public async Task Import_BadLine_IsRefusedByNumberAndFieldAndTheOthersGoOn(string bad, string? key, string fields)
    {
        var items = await ImportAsync(_acme, $"\n{Github}\r\n{bad}\n  \n{Github.Replace("github", "jira", StringComparison.Ordinal)}");

        Assert.Equal("2 Created, 3 Refused, 5 Created", Text(items));
        var invalid = Assert.IsType<SchedulingValidationException>(items[1].Error);
        Assert.Equal(fields, string.Join(' ', invalid.Errors.Select(static error => error.Field)));
        Assert.Equal(key, items[1].Key);
        Assert.StartsWith(key is null ? "line 3: Refused: " : "line 3, job '", items[1].ToString(), StringComparison.Ordinal);
        Assert.Equal(2, (await _acme.ListAsync()).Items.Count);
    }

    [Fact]
    public async Task Import_RuleForbidsIt_IsRefusedAndTheOthersGoOn()
    {
        _policy.Rules = new AdmissionRules { MaximumJobs = 1 };

        var items = await ImportAsync(_acme, $"{Github}\n{Github.Replace("github", "jira", StringComparison.Ordinal)}\n{Github}");

        Assert.Equal("1 Created, 2 Refused, 3 Unchanged", Text(items));
        Assert.IsType<AdmissionException>(items[1].Error);
    }

    [Fact]
    public async Task Import_PauseThatIsOver_IsActive()
    {
        var items = await ImportAsync(_acme, Github[..^1] + ""","active":false,"pause":{"until":"2026-03-04T12:00:00Z"}}""" + "\n" + Github.Replace("github", "jira", StringComparison.Ordinal)[..^1] + ""","active":false}""");

        Assert.Equal((true, false), (items[0].Job!.Active, items[1].Job!.Active));
        Assert.NotNull(items[0].Job!.NextRunAt);
    }

    [Fact]
    public async Task Import_ByteOrderMarkHugeLineAndSlowStream_AreRead()
    {
        var bytes = Encoding.UTF8.GetBytes($"\uFEFF{Github}\n{new string('x', JobDocument.MaximumBytes + 1)}\n{Github.Replace("github", "jira", StringComparison.Ordinal)}");
        var items = new List<ImportedLine>();

        await foreach (var item in _acme.Transfer.ImportAsync(new Trickle(bytes)))
            items.Add(item);

        Assert.Equal("1 Created, 2 Refused, 3 Created", Text(items));
    }

    [Fact]
    public async Task Import_CancelledBetweenLines_WhatIsDoneIsDone()
    {
        using var cancel = new CancellationTokenSource();
        var lines = string.Join('\n', Enumerable.Range(0, 10).Select(static n => Github.Replace("github", $"job-{n}", StringComparison.Ordinal)));
        var done = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var item in _acme.Transfer.ImportAsync(Stream(lines), ct: cancel.Token))
            {
                if (++done == 3)
                    await cancel.CancelAsync();
            }
        });

        Assert.Equal(3, (await _acme.ListAsync()).Items.Count);
        Assert.Equal("1 Unchanged, 2 Unchanged, 3 Unchanged, 4 Created", Text(await ImportAsync(_acme, string.Join('\n', lines.Split('\n').Take(4)))));
    }

    [Fact]
    public async Task Export_ManyPages_AllJobsAndProgress()
    {
        for (var n = 0; n < 1_001; n++)
            await _acme.CreateAsync(new JobDefinition { Key = $"job-{n}", Executor = "work", Schedule = Schedule.Manual });
        var told = new List<long>();

        var done = await _acme.Transfer.ExportAsync(System.IO.Stream.Null, new Told(told));

        Assert.Equal((1_001, 0), (done.Jobs, done.Secrets));
        Assert.Equal([500, 1_000, 1_001], told);
    }

    private async Task FillAsync()
    {
        await _acme.CreateAsync(new JobDefinition { Key = "minutely", Executor = "work", Schedule = Schedule.Interval(Duration.FromMinutes(1)), Payload = JobPayload.FromJson("{\n \"a\": \"x\u2028y\"\n}") });
        await _acme.CreateAsync(new JobDefinition { Key = "daily", Name = "Zürich", Executor = "work", Schedule = Schedule.Polling(PollingInterval.OneDay, hour: 0).WithSpread(Duration.FromMinutes(1)) });
        await _acme.CreateAsync(new JobDefinition { Key = "paused", Executor = "work", Schedule = Schedule.Cron("0 6 * * *", "Europe/Berlin"), Retry = RetryPolicy.Exponential(3, Duration.FromSeconds(1)) });
        await _acme.PauseAsync("paused", "ann", "holidays", _clock.Now + Duration.FromDays(3));
        await _acme.CreateAsync(new JobDefinition { Key = "stopped", Executor = "work", Schedule = Schedule.Polling(PollingInterval.OneWeek), Active = false });
        await _acme.Secrets.SetAsync("token", "s3cret");
    }

    private static async Task<string> ExportAsync(ITenantJobs tenant)
    {
        using var stream = new MemoryStream();
        await tenant.Transfer.ExportAsync(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static async Task<List<ImportedLine>> ImportAsync(ITenantJobs tenant, string lines, ImportOptions? options = null)
    {
        var items = new List<ImportedLine>();
        await foreach (var item in tenant.Transfer.ImportAsync(Stream(lines), options))
            items.Add(item);
        return items;
    }

    private static MemoryStream Stream(string lines) => new(Encoding.UTF8.GetBytes(lines));

    private static string Text(IEnumerable<ImportedLine> items) => string.Join(", ", items.Select(static item => $"{item.Line} {item.Outcome}"));

    private sealed class Told(List<long> counts) : IProgress<TenantExport>
    {
        public void Report(TenantExport value) => counts.Add(value.Jobs);
    }

    /// <summary>A stream that gives a few bytes at a time.</summary>
    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => base.ReadAsync(buffer[..Math.Min(buffer.Length, 4_099)], cancellationToken);
    }
}
