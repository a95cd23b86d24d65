using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Scheduling.Hosting;
using Scheduling.Running;

namespace Scheduling.Testing;

/// <summary>One node of a <see cref="SchedulingHarness"/>: a process of its own, with its own services, clock and line to the store.</summary>
/// <remarks>Made by <see cref="SchedulingHarness.AddNode"/>; what happens to it is asked of the harness.</remarks>
public sealed class HarnessNode
{
    private readonly NodeParts _parts;
    private readonly Driver _driver;
    private SchedulingNode _node = null!;
    private ServiceProvider _services = null!;
    private Task<SchedulingStep>? _step;
    private Task? _stop;
    private Flow? _stopFlow;
    private bool _isWoken = true;
    private bool _endsOnWake = true;
    private long _nextStep;
    private long _plannedStep;

    internal HarnessNode(string name, Driver driver, NodeParts parts) => (Name, _driver, _parts) = (name, driver, parts);

    /// <summary>Its name, as history and logs show it.</summary>
    public string Name { get; }

    /// <summary>What it is doing.</summary>
    public HarnessNodeState State { get; private set; }

    /// <summary>Its services: those that the registration added, with the harness's time and store.</summary>
    public IServiceProvider Services => _services;

    /// <summary>Its line to the store, which a test may cut: the other nodes keep theirs.</summary>
    [Experimental("SCHED0001")]
    public FaultInjectingStore Store => _parts.Store;

    /// <summary>Where its engine stands; null for a node that only administers jobs.</summary>
    [Experimental("SCHED0001")]
    public EngineSnapshot? Engine => _node.Engine?.Snapshot();

    /// <summary>Whether nothing of it but timers goes on.</summary>
    internal bool StandsStill => State == HarnessNodeState.Frozen || _parts.Clock.IsPoolBlocked;

    internal bool IsGone => State == HarnessNodeState.Failed;

    /// <summary>The next point of time at which it steps by itself.</summary>
    internal long NextStep => State == HarnessNodeState.Running && _step is null && !StandsStill ? _nextStep : long.MaxValue;

    /// <summary>Whether it has nothing under way and nothing is wrong with it.</summary>
    internal bool IsQuiet => State switch
    {
        HarnessNodeState.Running => _step is null && _endsOnWake && !_isWoken && _parts.Events.ActiveRuns == 0 && _parts.Events.KnowsNextWork && !_parts.Store.IsFaulty && !StandsStill && !_node.HasJobsToWrite,
        HarnessNodeState.Stopped => true,
        _ => false,
    };

    /// <summary>Whether a step may begin now.</summary>
    internal bool CanStep
    {
        get
        {
            if (_step is { IsCompleted: true } && !StandsStill && !IsGone)
                Take();
            if (State != HarnessNodeState.Running || _step is not null || _parts.Clock.IsPoolBlocked)
                return false;
            if (_endsOnWake && (_node.Engine?.TakeWake() == true | _parts.Events.TakeResults()))
                _isWoken = true;
            return _isWoken || _driver.Time.GetTimestamp() >= _nextStep;
        }
    }

    /// <summary>Whether something of it goes on that virtual time does not hold.</summary>
    internal bool IsMoving
    {
        get
        {
            if (State is HarnessNodeState.Failed or HarnessNodeState.Stopped or HarnessNodeState.Frozen)
                return false;

            // Without a pool only its renewals go on, and a store outside the process takes real time to answer them.
            if (_parts.Clock.IsPoolBlocked)
                return _parts.Store.Calls.IsInStore;
            return HasMovingFlow || _parts.Store.Calls.IsInStore || (_step is { IsCompleted: false } && _parts.Store.Calls.Waiting == 0);
        }
    }

    internal NodeParts Parts => _parts;

    // What a stop has handed back goes on without the engine, which tells of it no more: only the stop itself still counts then.
    // And while a step goes on, the stop waits for its end.
    private bool HasMovingFlow
    {
        get
        {
            if (State != HarnessNodeState.Stopping)
                return _parts.Motion.HasAny;
            var isHeld = _step is { IsCompleted: false };
            var isAlone = Engine is { } engine && engine.Active == engine.Detached;
            return (!isHeld && _stopFlow!.IsMoving) || (!isAlone && _parts.Motion.HasAnyBut(_stopFlow));
        }
    }

    internal void Start(ServiceProvider services)
    {
        _services = services;
        _node = services.GetRequiredService<SchedulingNode>();
        _node.TellOfStart();
        _nextStep = _driver.Time.GetTimestamp();
    }

    /// <summary>Lets it sleep until the next work that it knows of, instead of looking for some before.</summary>
    internal void SkipIdleLooks() => _nextStep = Math.Max(_plannedStep, _parts.Events.NextWork);

    /// <summary>Lets it look when it planned to.</summary>
    internal void TakeUpIdleLooks() => _nextStep = _plannedStep;

    internal void Step()
    {
        _isWoken = false;
        var step = _node.StepAsync();
        if (step.IsCompletedSuccessfully)
        {
            Plan(step.Result);
            return;
        }
        _step = step.AsTask();
        _ = _step.ContinueWith(static (_, driver) => ((Driver)driver!).Changed(), _driver, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    internal void Freeze()
    {
        State = HarnessNodeState.Frozen;
        _parts.Clock.Freeze();
    }

    internal void Thaw()
    {
        State = HarnessNodeState.Running;
        _parts.Clock.Thaw();
    }

    internal void Fail()
    {
        State = HarnessNodeState.Failed;
        _parts.Clock.IsGone = true;
    }

    /// <summary>Begins the graceful stop. It is over when <see cref="HasStopped"/> is so.</summary>
    internal void BeginStop(TimeSpan limit)
    {
        State = HarnessNodeState.Stopping;
        _stopFlow = new Flow(_parts.Motion, run: null);
        _stopFlow.Begin();
        _stop = StopAsync(limit);
    }

    internal bool HasStopped() => _stop is { IsCompleted: true };

    internal async Task EndStopAsync()
    {
        await _stop!.ConfigureAwait(false);
        State = HarnessNodeState.Stopped;
    }

    internal string DescribeMotion()
    {
        var flows = _parts.Motion.Describe();
        return $"{Name}: {(flows.Length > 0 ? flows : "a call to the store")}";
    }

    internal async ValueTask DisposeAsync()
    {
        _parts.Store.Calls.Close();
        await _services.DisposeAsync().ConfigureAwait(false);
    }

    private async Task StopAsync(TimeSpan limit)
    {
        var before = Flow.Current;
        Flow.Current = _stopFlow;
        try
        {
            using var end = new CancellationTokenSource(limit, _parts.Clock);
            await _node.StopAsync(end.Token).ConfigureAwait(false);
        }
        finally
        {
            Flow.Current = before;
            _stopFlow!.End();
        }
    }

    private void Take()
    {
        var step = _step!;
        _step = null;
        Plan(step.GetAwaiter().GetResult());
    }

    private void Plan(SchedulingStep step)
    {
        _endsOnWake = step.EndsOnWake;
        _nextStep = _plannedStep = step.Wait == Timeout.InfiniteTimeSpan ? long.MaxValue : _driver.Time.GetTimestamp() + step.Wait.Ticks;
    }
}
