using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NodaTime;
using Scheduling.Hosting;
using Scheduling.Storage;

namespace Scheduling.Testing;

/// <summary>
/// The real scheduler on virtual time, without a host: planner, store, engine, retries, renewals, housekeeping, with your own executors and registrations, on one node or several. Time moves when the test says so,
/// and everything happens in an order that can be repeated.
/// </summary>
/// <remarks>
/// <para>
/// One thread does everything, one thing after the other: an executor's code runs until it ends, or waits for a timer of the <see cref="TimeProvider"/> in its services or for a gate of the harness; then the next
/// thing is done; when nothing is left to do now, time goes to the next point at which something is due. An executor that waits for something else (a file, a socket, <see cref="Task.Run(Action)"/>) is waited for in
/// real time, and time stands meanwhile; for more than <see cref="HarnessOptions.RealTimeLimit"/>, the harness says which one is stuck.
/// </para>
/// <para>Not for two threads at once. The calls of <see cref="Jobs"/> may be made between the calls that drive the harness, and from executors.</para>
/// </remarks>
public sealed partial class SchedulingHarness : IAsyncDisposable
{
    private readonly HarnessOptions _options;
    private readonly Action<SchedulingBuilder> _configure;
    private readonly List<HarnessNode> _nodes = [];
    private readonly Driver _driver;
    private readonly IdleLooks _looks;
    private readonly ISchedulingStore _store;
    private readonly Random _random;
    private readonly NodeCalls _ownCalls;

    /// <summary>Makes a harness with one node.</summary>
    /// <param name="configure">What the node consists of, as in <c>AddScheduling</c>: executors, jobs, settings, services. The store it chooses is not used (see <see cref="HarnessOptions.Store"/>).</param>
    /// <param name="options">How the harness works; null for the defaults.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The registration has problems; all are listed.</exception>
    public SchedulingHarness(Action<SchedulingBuilder> configure, HarnessOptions? options = null)
        : this(configure, nodes: 1, options)
    {
    }

    /// <summary>Makes a harness with several nodes of the same registration.</summary>
    /// <param name="configure">What each node consists of; called once for each.</param>
    /// <param name="nodes">How many nodes there are at first; 0 for none, to add them later. They are called node-1, node-2 and so on.</param>
    /// <param name="options">How the harness works; null for the defaults.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The registration has problems; all are listed.</exception>
    public SchedulingHarness(Action<SchedulingBuilder> configure, int nodes, HarnessOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(configure);
        ArgumentOutOfRangeException.ThrowIfNegative(nodes);
        (_configure, _options) = (configure, options ?? new HarnessOptions());
        if (_options.RealTimeLimit <= Duration.Zero)
            throw new ArgumentOutOfRangeException(nameof(options), _options.RealTimeLimit, $"{nameof(HarnessOptions.RealTimeLimit)} is more than zero.");
        _random = new SharedRandom(_options.Seed ?? 1);
        Time = new ManualTimeProvider(_options.Start) { OrderTogether = _options.Seed is null ? null : _random.Next };
        Transcript = new Transcript(_options.TranscriptLines, _options.WriteLine);
        _store = _options.Store?.Invoke(Time) ?? new InMemoryStore(Time, _options.MaximumHistory);
        _looks = new IdleLooks(_store, _options.SkipsIdleLooks);
        _driver = new Driver(Time, _options, _options.Seed is null ? null : _random, _nodes, _looks);
        _ownCalls = new NodeCalls(_driver, Transcript, _looks);
        Store = new FaultInjectingStore(_store, _ownCalls, _options.CallsHaveDeadlines);
        Jobs = new JobScheduler(Store, _options.Zones, Time);
        for (var i = 0; i < nodes; i++)
            AddNode();
    }

    /// <summary>The clock of everything: the store's now, and the nodes' unless they are skewed. Moving it by itself moves nothing else; drive the harness instead.</summary>
    public ManualTimeProvider Time { get; }

    /// <summary>What time it is.</summary>
    public Instant Now => Time.Now;

    /// <summary>The way into the store for the test, as a program has it.</summary>
    public JobScheduler Jobs { get; }

    /// <summary>The test's own line to the store. A fault on it hits the calls of <see cref="Jobs"/>; the nodes have lines of their own.</summary>
    [Experimental("SCHED0001")]
    public FaultInjectingStore Store { get; }

    /// <summary>The nodes, in the order they were added; those that failed or stopped too.</summary>
    public IReadOnlyList<HarnessNode> Nodes => _nodes;

    /// <summary>What happened so far.</summary>
    public Transcript Transcript { get; }

    /// <summary>The seed of the order; null when nothing is drawn by chance.</summary>
    public int? Seed => _options.Seed;

    /// <summary>One tenant's jobs.</summary>
    /// <param name="tenant">The tenant, 1-128 characters.</param>
    /// <returns>The jobs.</returns>
    public ITenantJobs ForTenant(string tenant) => Jobs.ForTenant(tenant);

    /// <summary>Makes a gate that holds executors until the test lets them go.</summary>
    /// <returns>The gate, closed.</returns>
    public HarnessGate CreateGate() => new(_driver);

    /// <summary>Reads what a job has done so far, to state what it should have.</summary>
    /// <param name="tenant">The job's tenant.</param>
    /// <param name="job">The job's key.</param>
    /// <returns>The record; without a history when there is no such job.</returns>
    public async Task<JobRecord> RecordAsync(string tenant, string job)
    {
        var jobs = ForTenant(tenant);
        var executions = new List<Execution>();
        var found = await jobs.GetAsync(job).ConfigureAwait(false);
        for (Page<Execution>? page = null; found is not null && page is null or { HasNextPage: true };)
        {
            page = await jobs.Executions.ListAsync(new ExecutionQuery { Job = found.Id, PageSize = ExecutionQuery.MaximumPageSize, Cursor = page?.Cursor }).ConfigureAwait(false);
            executions.AddRange(page.Items);
        }
        executions.Reverse();
        return new JobRecord($"{tenant}/{job}", found, executions, () => Context(tenant, job));
    }

    /// <summary>Ends the nodes at once, as their processes' end would, and disposes their services and the store.</summary>
    /// <returns>When all is disposed.</returns>
    public async ValueTask DisposeAsync()
    {
        Transcript.Close();
        foreach (var node in _nodes)
            await node.DisposeAsync().ConfigureAwait(false);
        if (_store is IAsyncDisposable later)
            await later.DisposeAsync().ConfigureAwait(false);
        else
            (_store as IDisposable)?.Dispose();
    }

    private string Context(string tenant, string job) =>
        string.Create(CultureInfo.InvariantCulture, $"It is {TranscriptText.Of(Now)}{(Seed is { } seed ? $"; the seed is {seed}" : "")}. What happened:{Environment.NewLine}")
        + string.Join(Environment.NewLine, Transcript.LinesOf(tenant, job, last: 60).Select(static line => "  " + line));
}
