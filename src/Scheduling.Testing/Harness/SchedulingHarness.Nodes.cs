using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NodaTime;
using Scheduling.Hosting;
using Scheduling.Running;
using Scheduling.Storage;

namespace Scheduling.Testing;

/// <content>Nodes, and what may happen to them.</content>
public sealed partial class SchedulingHarness
{
    /// <summary>Adds a node, as a process that starts.</summary>
    /// <param name="name">Its name; null for node-1, node-2 and so on.</param>
    /// <param name="configure">What it consists of; null for the harness's own registration.</param>
    /// <returns>The node.</returns>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The registration has problems; all are listed.</exception>
    public HarnessNode AddNode(string? name = null, Action<SchedulingBuilder>? configure = null)
    {
        name ??= string.Create(CultureInfo.InvariantCulture, $"node-{_nodes.Count + 1}");
        var calls = new NodeCalls(_driver, Transcript, _looks);
        HarnessNode node = null!;
        var motion = new NodeMotion(_driver.Changed);
        var parts = new NodeParts(
            new NodeClock(Time) { RenewsOnPool = RenewsOnPool },
            motion,
            new NodeRuntime(_random, item => _driver.Add(node, item)),
            new NodeEvents(name, Time, motion, Transcript),
            new FaultInjectingStore(_store, calls, _options.CallsHaveDeadlines));
        node = new HarnessNode(name, _driver, parts);
        calls.Node = node;
        var services = ServicesOf(parts, name, configure ?? _configure);
        node.Start(services);
        _nodes.Add(node);
        Note(node, "starts");
        return node;
    }

    /// <summary>Kills a node: its process is gone, in the middle of whatever it did, without a word to the store. What it ran starts elsewhere when its lease is over.</summary>
    /// <param name="node">The node.</param>
    public void FailNode(HarnessNode node)
    {
        Require(node, HarnessNodeState.Running, HarnessNodeState.Frozen, HarnessNodeState.Stopping);
        node.Fail();
        Note(node, "is killed");
    }

    /// <summary>Kills a node in the middle of a call to the store: the next one that fits.</summary>
    /// <param name="node">The node.</param>
    /// <param name="calls">Which calls.</param>
    /// <param name="afterItsWork">Whether the store has done its work when the node dies; else the call does not reach it. Default false.</param>
    [Experimental("SCHED0001")]
    public void FailNodeInCall(HarnessNode node, StoreCall calls, bool afterItsWork = false)
    {
        Require(node, HarnessNodeState.Running, HarnessNodeState.Frozen);
        void Kill() => FailNode(node);
        node.Store.Calls.Add(new FaultRule(calls, StoreFault.None, times: 1) { Before = afterItsWork ? null : Kill, After = afterItsWork ? Kill : null });
        Note(node, $"is going to die {(afterItsWork ? "after" : "before")} {calls} reaches the store");
    }

    /// <summary>Blocks every pool thread of a node, as user code that waits without giving its thread back does: its runs and its loop stand still until <see cref="FreePool"/>; only the threads of its own that keep its lease go on.</summary>
    /// <param name="node">The node.</param>
    public void BlockPool(HarnessNode node)
    {
        Require(node, HarnessNodeState.Running);
        node.Parts.Clock.BlockPool();
        Note(node, "its pool is blocked");
    }

    /// <summary>Frees the pool of a node again: what was due meanwhile is due now.</summary>
    /// <param name="node">The node.</param>
    public void FreePool(HarnessNode node)
    {
        Require(node, HarnessNodeState.Running);
        node.Parts.Clock.FreePool();
        Note(node, "its pool is free again");
    }

    /// <summary>Lets a node's process stand still, as SIGSTOP or a suspended machine does: nothing of it moves, executors included, until it is thawed. It does not know.</summary>
    /// <param name="node">The node.</param>
    public void FreezeNode(HarnessNode node)
    {
        Require(node, HarnessNodeState.Running);
        node.Freeze();
        Note(node, "is frozen");
    }

    /// <summary>Lets a frozen node go on: what was due meanwhile is due now.</summary>
    /// <param name="node">The node.</param>
    public void ThawNode(HarnessNode node)
    {
        Require(node, HarnessNodeState.Frozen);
        node.Thaw();
        Note(node, "is thawed");
    }

    /// <summary>Stops a node gracefully, as its host would, and drives the harness until it has ended: at most for the shutdown limit of its settings.</summary>
    /// <param name="node">The node.</param>
    /// <returns>When it has ended.</returns>
    public async Task StopNodeAsync(HarnessNode node)
    {
        Require(node, HarnessNodeState.Running);
        Note(node, "stops");
        var limit = node.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<SchedulingOptions>>().Value.ShutdownTimeout;
        node.BeginStop(limit);
        await AdvanceUntilAsync(() => ValueTask.FromResult(node.HasStopped()), Duration.FromTimeSpan(limit) + Duration.FromMinutes(1), $"{node.Name} has stopped").ConfigureAwait(false);
        await node.EndStopAsync().ConfigureAwait(false);
        Note(node, "has stopped");
    }

    /// <summary>Lets the next answers to a node's calls get lost: the store does its work, and the node does not hear of it.</summary>
    /// <param name="node">The node.</param>
    /// <param name="calls">Which calls.</param>
    /// <param name="times">How many answers, at least 1. Default 1.</param>
    [Experimental("SCHED0001")]
    public void DropAnswers(HarnessNode node, StoreCall calls, int times = 1)
    {
        ArgumentNullException.ThrowIfNull(node);
        node.Store.Inject(calls, StoreFault.LosesAnswer, times);
        Note(node, $"loses the answers to {times} x {calls}");
    }

    /// <summary>Takes the store away from everybody, the test included: every call throws.</summary>
    public void StopStore() => Each(static store => store.Inject(StoreCall.All, StoreFault.Throws), "the store is gone");

    /// <summary>Gives the store back to everybody, and heals every other fault too.</summary>
    public void StartStore() => Each(static store => store.Heal(), "the store is back");

    /// <summary>Sets a node's wall clock wrong. The store's clock decides, so nothing may come of it.</summary>
    /// <param name="node">The node.</param>
    /// <param name="by">How far ahead of the harness's it is; negative for behind.</param>
    public void SkewClock(HarnessNode node, Duration by)
    {
        ArgumentNullException.ThrowIfNull(node);
        node.Parts.Clock.Skew = by.ToTimeSpan();
        Note(node, $"its clock is wrong by {by}");
    }

    /// <summary>Steps the wall clock of everything, the store's included, while the monotonic clock goes on: what a correction of the time or a fail-over to a skewed server does.</summary>
    /// <param name="by">How far, forward or back.</param>
    public void StepClock(Duration by)
    {
        Time.Jump(by.ToTimeSpan());
        _looks.Doubt();
        Note(node: null, $"the clock steps by {by}");
    }

    /// <summary>Writes a line of the test's own into the transcript.</summary>
    /// <param name="text">The line.</param>
    public void Note(string text) => Note(node: null, text);

    /// <summary>Whether renewals need the pool, as they did in a version that had no threads for them: a planted bug for our own tests.</summary>
    internal bool RenewsOnPool { get; set; }

    private ServiceProvider ServicesOf(NodeParts parts, string name, Action<SchedulingBuilder> configure)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(parts.Clock);
        services.AddSingleton<ISchedulingStore>(_ => parts.Store);
        services.AddSingleton<EngineRuntime>(parts.Runtime);
        services.AddSingleton<IEngineEvents>(parts.Events);
        if (_options.Zones is { } zones)
            services.AddSingleton(zones);

        // A test looks at the whole history; a registration that sets its retention keeps it.
        services.Configure<SchedulingOptions>(static settings => settings.Retention = TimeSpan.FromDays(3_650));
        services.AddScheduling(configure);
        services.PostConfigure<SchedulingOptions>(settings => settings.Node = name);
        services.RemoveAll<TimeProvider>().AddSingleton<TimeProvider>(parts.Clock);
        return services.BuildServiceProvider();
    }

    private void Each(Action<FaultInjectingStore> act, string text)
    {
        act(Store);
        foreach (var node in _nodes)
            act(node.Store);
        _looks.Doubt();
        Note(node: null, text);
    }

    private void Note(HarnessNode? node, string text)
    {
        _looks.Doubt();
        Transcript.Add(new TranscriptEntry(Now, node?.Name ?? "", TranscriptEvent.Note, text, null));
    }

    private void Require(HarnessNode node, params HarnessNodeState[] states)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (!_nodes.Contains(node))
            throw new ArgumentException($"{node.Name} is a node of another harness.", nameof(node));
        if (!states.Contains(node.State))
            throw new InvalidOperationException($"{node.Name} is {node.State}; this is for one that is {string.Join(" or ", states)}.");
    }
}
