using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Sqlite.Tests.Writing;

/// <summary>The one writer: what waits is committed together, what fails fails alone, and other processes are waited for.</summary>
public sealed class WriterTests : IAsyncDisposable
{
    private readonly TemporaryFile _file = new();
    private readonly SqliteStore _store;

    public WriterTests() => _store = new SqliteStore(_file.ConnectionString, new SqliteStoreOptions { BusyTimeout = TimeSpan.FromMilliseconds(200) });

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _file.Dispose();
    }

    [Fact]
    public async Task Writes_ThatWait_AreCommittedTogetherAndOneThatFailsFailsAlone()
    {
        const int writes = 100;
        await _store.InitializeAsync(TestContext.Current.CancellationToken);
        using var begun = new ManualResetEventSlim();
        using var mayGoOn = new ManualResetEventSlim();
        var first = WriteAsync("first", () =>
        {
            begun.Set();
            mayGoOn.Wait(TestContext.Current.CancellationToken);
        });
        begun.Wait(TestContext.Current.CancellationToken);
        var before = Commits();
        var others = Enumerable.Range(0, writes).Select(n => WriteAsync($"other-{n}", n == 50 ? static () => throw new InvalidOperationException("no") : null)).ToList();
        mayGoOn.Set();

        await first;
        var failed = await Assert.ThrowsAsync<InvalidOperationException>(() => others[50]);
        others.RemoveAt(50);
        await Task.WhenAll(others);

        Assert.Equal("no", failed.Message);
        Assert.Equal(writes, int.Parse(_file.Ask("SELECT count(*) FROM jobs")!, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(2, Commits() - before);
    }

    [Fact]
    public async Task Write_AnotherProcessWritesForTooLong_IsBusyAndThenGoesOn()
    {
        await _store.InitializeAsync(TestContext.Current.CancellationToken);
        SqliteStoreException busy;
        using (var other = Connection.Open(_file.Path, SQLitePCL.raw.SQLITE_OPEN_READWRITE, 0))
        {
            other.Run("BEGIN IMMEDIATE");
            busy = await Assert.ThrowsAsync<SqliteStoreException>(() => WriteAsync("job"));
            Assert.Null(await _store.Jobs.GetAsync(new TenantId("acme"), "job", TestContext.Current.CancellationToken)); // reading goes on meanwhile
            other.Run("ROLLBACK");
        }

        await WriteAsync("job");

        Assert.Equal(SqliteProblem.Busy, busy.Problem);
        Assert.Contains("another process", busy.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_AnotherProcessWritesForAMoment_WaitsForIt()
    {
        await using var patient = new SqliteStore(_file.ConnectionString);
        await patient.InitializeAsync(TestContext.Current.CancellationToken);
        using var other = Connection.Open(_file.Path, SQLitePCL.raw.SQLITE_OPEN_READWRITE, 0);
        other.Run("BEGIN IMMEDIATE");
        var writing = patient.Jobs.WriteAsync(Request("job"), TestContext.Current.CancellationToken).AsTask();
        other.Run("ROLLBACK");

        Assert.Equal(WriteJobOutcome.Created, (await writing).Outcome);
    }

    [Fact]
    public async Task Write_CancelledBeforeItsTurn_IsNotDone()
    {
        await _store.InitializeAsync(TestContext.Current.CancellationToken);
        using var begun = new ManualResetEventSlim();
        using var mayGoOn = new ManualResetEventSlim();
        var first = WriteAsync("first", () =>
        {
            begun.Set();
            mayGoOn.Wait(TestContext.Current.CancellationToken);
        });
        begun.Wait(TestContext.Current.CancellationToken);
        using var cancellation = new CancellationTokenSource();
        var second = _store.Jobs.WriteAsync(Request("second"), cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        mayGoOn.Set();
        await first;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await WriteAsync("third");
        Assert.Equal("first third", _file.Ask("SELECT group_concat(key, ' ') FROM (SELECT key FROM jobs ORDER BY key)"));
    }

    [Fact]
    public async Task Dispose_WhatWaits_IsWrittenAndLaterCallsAreRefused()
    {
        var writes = Enumerable.Range(0, 50).Select(n => WriteAsync($"job-{n}")).ToList();
        await _store.DisposeAsync();

        await Task.WhenAll(writes);

        Assert.Equal("50", _file.Ask("SELECT count(*) FROM jobs"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => WriteAsync("late"));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await _store.Jobs.GetAsync(new TenantId("acme"), "job-1", TestContext.Current.CancellationToken));
        await _store.DisposeAsync();
    }

    private Task<WriteJobResponse> WriteAsync(string key, Action? inside = null) => _store.Jobs.WriteAsync(Request(key, inside), TestContext.Current.CancellationToken).AsTask();

    private static WriteJobRequest Request(string key, Action? inside = null) => new()
    {
        Tenant = new TenantId("acme"),
        Job = key,
        Create = now =>
        {
            inside?.Invoke();
            return new Job
            {
                Id = JobId.New(now),
                Tenant = new TenantId("acme"),
                Definition = new JobDefinition { Key = key, Executor = "work", Schedule = Schedule.Manual },
                Version = 1,
                CreatedAt = now,
                UpdatedAt = now,
                Anchor = now,
            };
        },
    };

    /// <summary>How many transactions lie in the log: its index counts them in its header.</summary>
    private int Commits()
    {
        using var shared = new FileStream(_file.Path + "-shm", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var header = new byte[12];
        shared.ReadExactly(header);
        return BitConverter.ToInt32(header, 8);
    }
}
