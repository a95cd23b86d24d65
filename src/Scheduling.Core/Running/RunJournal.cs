using System.Globalization;
using NodaTime;
using Scheduling.Storage;

namespace Scheduling.Running;

/// <summary>What a run reports, kept until the store has it: bounded, whatever user code does, and never waiting for anything.</summary>
/// <remarks>Thread-safe. One row and some bytes are set aside for the event that tells how many others were dropped.</remarks>
internal sealed class RunJournal(ClaimedRun run, Func<Instant> now)
{
    private const int BytesForDropped = 128;
    private readonly Lock _gate = new();
    private readonly List<RunEvent> _unwritten = [];
    private int _count = run.EventCount;
    private int _bytes = run.EventBytes;
    private long _dropped;
    private RunProgress? _progress;
    private RunProgress? _writtenProgress;
    private bool _isClosed;

    /// <summary>Whether an event of level error was reported in this attempt, a dropped one included.</summary>
    public bool HasErrors { get; private set; }

    public RunProgress? Progress
    {
        get
        {
            lock (_gate)
                return _progress;
        }
    }

    public void Add(RunEventLevel level, string name, string? text)
    {
        var at = now();
        lock (_gate)
        {
            HasErrors |= level == RunEventLevel.Error;
            if (_isClosed)
                return;
            if (_dropped > 0 || !TryKeep(level, name, text, at, BytesForDropped, RunEvent.MaximumCount - 1))
                _dropped++;
        }
    }

    public void SetProgress(Func<RunProgress, RunProgress> change)
    {
        lock (_gate)
            _progress = change(_progress ?? new RunProgress());
    }

    /// <summary>What the store has not heard yet; null for nothing.</summary>
    public RunReport? Unwritten()
    {
        lock (_gate)
            return _unwritten.Count == 0 && _progress == _writtenProgress ? null : Report();
    }

    /// <summary>The store has heard a report.</summary>
    public void Written(RunReport report)
    {
        lock (_gate)
        {
            if (report.Events.Count > 0)
                _unwritten.RemoveAll(known => known.Number <= report.Events[^1].Number);
            _writtenProgress = report.Progress;
        }
    }

    /// <summary>The attempt is over: its last report, and nothing is kept from here on.</summary>
    public RunReport? Close()
    {
        lock (_gate)
        {
            if (_dropped > 0 && !_isClosed)
                TryKeep(RunEventLevel.Warning, RunEvent.DroppedName, string.Create(CultureInfo.InvariantCulture, $"{_dropped} more events were not kept."), now(), 0, RunEvent.MaximumCount);
            _isClosed = true;
            return _unwritten.Count == 0 && _progress == _writtenProgress ? null : Report();
        }
    }

    private bool TryKeep(RunEventLevel level, string name, string? text, Instant at, int reservedBytes, int maximum)
    {
        if (_count >= maximum)
            return false;
        var reported = new RunEvent { Number = _count + 1, At = at, Attempt = run.Attempt, Level = level, Name = name, Text = text };
        if (_bytes + reported.Bytes > RunEvent.MaximumBytes - reservedBytes)
            return false;
        _count++;
        _bytes += reported.Bytes;
        _unwritten.Add(reported);
        return true;
    }

    private RunReport Report() => new() { Id = run.Id, Tenant = run.Tenant, JobId = run.JobId, Token = run.Token, Events = [.. _unwritten], Progress = _progress };
}
