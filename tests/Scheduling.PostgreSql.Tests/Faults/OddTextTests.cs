using NodaTime;
using Scheduling.Schedules;

namespace Scheduling.PostgreSql.Tests.Faults;

/// <summary>G6: whatever people name their things, it is a parameter: nothing is run, nothing is a pattern, everything comes back as it was written.</summary>
public sealed class OddTextTests : IAsyncDisposable
{
    private readonly TestSchema _schema = new();

    public ValueTask DisposeAsync() => _schema.DisposeAsync();

    public static TheoryData<string> Texts { get; } =
    [
        "'; drop table jobs; --", "\"; drop schema public cascade; --", "$$; drop table due; $$", "100%", "a_b", @"back\slash", "%", "_", @"\", "../../etc/passwd", "{0} {schema}", "$1", ":name", "@p",
        "😀🚀", "東京", "e\u0301", "\u202Ereversed", "{\"json\":[1]}", "=cmd()", "<script>alert(1)</script>", "İstanbul",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Text_InEveryPlace_ComesBackAndMatchesOnlyItself(string text)
    {
        var store = await _schema.ReadyAsync();
        var jobs = new JobScheduler(store).ForTenant(text);
        await jobs.CreateAsync(new JobDefinition { Key = "other", Name = "other", Executor = "work", Schedule = Schedule.Manual });

        var made = await jobs.CreateAsync(new JobDefinition { Key = text, Name = text, Description = text, Executor = text, Schedule = Schedule.Manual, SpreadKey = text });
        await jobs.PauseAsync(text, by: text, reason: text);

        var read = Assert.IsType<Job>(await jobs.GetAsync(text));
        Assert.Equal((made.Definition, text, text), (read.Definition, read.Pause!.Reason, read.Pause.By));
        Assert.Equal(made.Id, Assert.Single((await jobs.ListAsync(new JobQuery { Filter = new JobFilter { KeyPrefix = text } })).Items).Id);
        Assert.Equal(made.Id, Assert.Single((await jobs.ListAsync(new JobQuery { Filter = new JobFilter { NameContains = text } })).Items).Id);
        Assert.Equal(made.Id, Assert.Single((await jobs.ListAsync(new JobQuery { Filter = new JobFilter { Executor = text } })).Items).Id);
        await jobs.ResumeAsync(text);
        await jobs.RunNowAsync(text, idempotencyKey: text);
        Assert.Equal(text, Assert.Single((await store.Claims.ClaimAsync(Smoke.ClaimOf(OwnerId.New(Instant.FromUnixTimeSeconds(0))) with { Executors = [new(text, 1)], Node = text }, default)).Runs).Definition.Key);
        Assert.Equal(2L, await _schema.SqlAsync("select count(*) from {0}.jobs"));
    }
}
