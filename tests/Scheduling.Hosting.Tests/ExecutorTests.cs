using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace Scheduling.Hosting.Tests;

/// <summary>Executors from hell and from the container (faults D1, D2, D11, D19, D21, D22): whatever they do is their run's end and nobody else's.</summary>
public class ExecutorTests
{
    [Fact]
    public async Task Run_ClassExecutor_GetsAScopeOfItsOwnThatIsDisposedAfterIt()
    {
        var witness = new Witness();
        await using var host = await TestHost.StartAsync(
            static s => s.AddExecutor<UsesScope>("x"),
            services => services.AddSingleton(witness).AddScoped<ScopedThing>());
        await host.Acme.CreateAsync(TestHost.Manual("job", "x"));

        var first = await host.RunAsync("job");
        var second = await host.RunAsync("job");

        Assert.Equal([ExecutionStatus.Succeeded, ExecutionStatus.Succeeded], [first.Status, second.Status]);
        Assert.Equal(["made 1", "ran 1 with 1", "disposed 1", "made 2", "ran 2 with 2", "disposed 2"], witness.Said);
    }

    [Fact]
    public async Task Run_DelegateWithServices_GetsAScopeOfItsOwnThatIsDisposedAfterIt()
    {
        var witness = new Witness();
        await using var host = await TestHost.StartAsync(
            static s => s.AddExecutor("x", static (services, run, _) =>
            {
                var thing = services.GetRequiredService<ScopedThing>();
                thing.Say($"ran {run.JobKey} with {thing.Number}");
                return ValueTask.FromResult(JobResult.Success());
            }),
            services => services.AddSingleton(witness).AddScoped<ScopedThing>());
        await host.Acme.CreateAsync(TestHost.Manual("job", "x"));

        await host.RunAsync("job");
        await host.RunAsync("job");

        Assert.Equal(["made 1", "ran job with 1", "disposed 1", "made 2", "ran job with 2", "disposed 2"], witness.Said);
    }

    [Fact]
    public async Task Run_ExecutorRegisteredByTheProgram_IsTheOneThatRuns()
    {
        var only = new UsesScope(new ScopedThing(new Witness()));
        await using var host = await TestHost.StartAsync(static s => s.AddExecutor<UsesScope>("x"), services => services.AddSingleton(only));
        await host.Acme.CreateAsync(TestHost.Manual("job", "x"));

        await host.RunAsync("job");
        await host.RunAsync("job");

        Assert.Equal(2, only.Runs);
    }

    [Theory]
    [InlineData("constructor", "constructor broken")]
    [InlineData("dependency", "dependency broken")]
    [InlineData("sync", "sync broken")]
    [InlineData("async", "async broken")]
    [InlineData("dispose", "disposal broken")]
    [InlineData("cancelled", "nobody asked")]
    public async Task Run_ThatThrows_FailsWithTheCauseAndTheNextOneRuns(string where, string message)
    {
        var fault = new Fault { Where = where };
        await using var host = await TestHost.StartAsync(
            static s => s.AddExecutor<Faulty>("x"),
            services => services.AddSingleton(fault).AddScoped<FaultyDependency>());
        await host.Acme.CreateAsync(TestHost.Manual("job", "x"));

        var failed = await host.RunAsync("job");
        fault.Where = "";
        var next = await host.RunAsync("job");

        Assert.Equal((ExecutionStatus.Failed, ExecutionReason.Exception), (failed.Status, failed.Reason));
        Assert.Equal(message, failed.Error!.Message);
        Assert.Equal(ExecutionStatus.Succeeded, next.Status);
        Assert.Equal(1, host.Logs.CountOf(203));
        Assert.Contains(message, Assert.IsType<string>(host.Logs.Only(203).Values["Result"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ThatThrowsAndWhoseDisposalThrows_KeepsTheFirstCauseAndLogsTheOther()
    {
        var fault = new Fault { Where = "async dispose" };
        await using var host = await TestHost.StartAsync(static s => s.AddExecutor<Faulty>("x"), services => services.AddSingleton(fault).AddScoped<FaultyDependency>());
        await host.Acme.CreateAsync(TestHost.Manual("job", "x"));

        var failed = await host.RunAsync("job");

        Assert.Equal("async broken", failed.Error!.Message);
        Assert.Equal("disposal broken", host.Logs.Only(209).Exception!.Message);
    }

    [Fact]
    public async Task Run_ThatEditsDeletesAndCreatesJobs_Works()
    {
        await using var host = await TestHost.StartAsync(static s => s.AddExecutor("x", static async (services, run, ct) =>
        {
            var jobs = services.GetRequiredService<JobScheduler>().ForTenant(run.Tenant);
            await jobs.UpdateAsync(run.JobId, new JobChange { Name = "renamed by itself" }, ct: ct);
            for (var i = 0; i < 100; i++)
                await jobs.EnsureAsync(TestHost.Manual($"child-{i}", "x"), ct);
            await jobs.DeleteAsync("child-0", ct);
            return JobResult.Success();
        }));
        await host.Acme.CreateAsync(TestHost.Manual("job", "x"));

        Assert.Equal(ExecutionStatus.Succeeded, (await host.RunAsync("job")).Status);
        Assert.Equal("renamed by itself", (await host.Acme.GetAsync("job"))!.Name);
        Assert.Equal(100, (await host.Acme.ListAsync(1_000)).Items.Count);
    }

    [Fact]
    public async Task Run_ThatLeavesAnAsyncLocalBehind_DoesNotReachTheNextOne()
    {
        var seen = new ConcurrentQueue<string?>();
        var local = new AsyncLocal<string?>();
        await using var host = await TestHost.StartAsync(s => s.AddExecutor("x", (run, _) =>
        {
            seen.Enqueue(local.Value);
            local.Value = run.JobKey;
            return ValueTask.FromResult(JobResult.Success());
        }));
        await host.Acme.CreateAsync(TestHost.Manual("one", "x"));
        await host.Acme.CreateAsync(TestHost.Manual("two", "x"));

        await host.RunAsync("one");
        await host.RunAsync("two");

        Assert.Equal(2, seen.Count);
        Assert.All(seen, Assert.Null);
    }

    [Fact]
    public async Task Run_OfAnUnknownExecutor_WaitsAndIsSeen()
    {
        await using var host = await TestHost.StartAsync(static s => s.AddExecutor("x", static (_, _) => default));
        await host.Acme.CreateAsync(TestHost.Manual("job", "System.Diagnostics.Process"));

        var asked = await host.Acme.RunNowAsync("job");
        host.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(ExecutionStatus.Pending, (await host.Acme.Executions.GetAsync(asked.Id))!.Status);
    }

    /// <summary>faults.md D16: the key is stored, never the class's name, so that a class may be renamed and moved between two starts.</summary>
    [Fact]
    public async Task Run_ClassRenamedBetweenTwoStarts_RunsUnderItsKey()
    {
        Execution asked;
        FaultyStore store;
        ManualTimeProvider time;
        await using (var before = await TestHost.StartAsync(static s => s.AddExecutor<NoExecutor>("sync")))
        {
            (store, time) = (before.Store, before.Time);
            await before.Acme.CreateAsync(TestHost.Manual("job", "sync"));
            await before.Host.StopAsync();
            asked = await before.Acme.RunNowAsync("job");
        }

        await using var after = await TestHost.StartAsync(static s => s.AddExecutor<TenantExecutor>("sync"), static services => services.AddScoped<CurrentTenant>(), store, time);

        Assert.Equal((ExecutionStatus.Succeeded, "for "), ((await after.EndOfAsync(asked.Id)).Status, (await after.EndOfAsync(asked.Id)).Message));
    }

    private sealed class Witness
    {
        private readonly ConcurrentQueue<string> _said = new();
        private int _things;

        public IReadOnlyList<string> Said => [.. _said];

        public void Say(string what) => _said.Enqueue(what);

        public int Next() => Interlocked.Increment(ref _things);
    }

    private sealed class ScopedThing : IAsyncDisposable
    {
        private readonly Witness _witness;

        public ScopedThing(Witness witness)
        {
            (_witness, Number) = (witness, witness.Next());
            Say($"made {Number}");
        }

        public int Number { get; }

        public void Say(string what) => _witness.Say(what);

        public ValueTask DisposeAsync()
        {
            Say($"disposed {Number}");
            return default;
        }
    }

    private sealed class UsesScope(ScopedThing thing) : IJobExecutor
    {
        public int Runs { get; private set; }

        public async ValueTask<JobResult> ExecuteAsync(JobContext run, CancellationToken ct)
        {
            await Task.Yield();
            Runs++;
            thing.Say($"ran {thing.Number} with {thing.Number}");
            return JobResult.Success();
        }
    }

    private sealed class Fault
    {
        public string Where { get; set; } = "";

        public bool Is(string where) => Where.Contains(where, StringComparison.Ordinal);
    }

    private sealed class FaultyDependency
    {
        public FaultyDependency(Fault fault)
        {
            if (fault.Is("dependency"))
                throw new InvalidOperationException("dependency broken");
        }
    }

    private sealed class Faulty : IJobExecutor, IAsyncDisposable
    {
        private readonly Fault _fault;

        public Faulty(Fault fault, FaultyDependency dependency)
        {
            ArgumentNullException.ThrowIfNull(dependency);
            _fault = fault;
            if (fault.Is("constructor"))
                throw new InvalidOperationException("constructor broken");
        }

        public ValueTask<JobResult> ExecuteAsync(JobContext run, CancellationToken ct)
        {
            if (_fault.Is("async"))
                return LaterAsync(new InvalidOperationException("async broken"));
            if (_fault.Is("cancelled"))
                return LaterAsync(new OperationCanceledException("nobody asked"));
            return _fault.Is("sync") ? throw new InvalidOperationException("sync broken") : ValueTask.FromResult(JobResult.Success());
        }

        public ValueTask DisposeAsync() => _fault.Is("dispose") ? throw new InvalidOperationException("disposal broken") : default;

        private static async ValueTask<JobResult> LaterAsync(Exception failure)
        {
            await Task.Yield();
            throw failure;
        }
    }
}
