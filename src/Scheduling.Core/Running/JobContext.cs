using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NodaTime;
using Scheduling.Running;
using Scheduling.Storage;

namespace Scheduling;

/// <summary>What an executor knows about the attempt it makes.</summary>
/// <remarks>Thread-safe. Stays readable after the attempt, but says nothing about what came later. Times are those of the store's clock.</remarks>
public sealed class JobContext
{
    private readonly ClaimedRun _run;
    private readonly ActiveRun? _active;
    private RunJournal? _journal;
    private SecretRedactor? _redactor;

    /// <summary>Makes the context of a claimed run; for tests of executors and for engines.</summary>
    /// <param name="run">The claimed run.</param>
    [Experimental("SCHED0001")]
    public JobContext(ClaimedRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        _run = run;
    }

    internal JobContext(ActiveRun run) => (_run, _active) = (run.Claim, run);

    /// <summary>The owner of the job.</summary>
    public TenantId Tenant => _run.Tenant;

    /// <summary>The job.</summary>
    public JobId JobId => _run.JobId;

    /// <summary>The job's key.</summary>
    public string JobKey => _run.Definition.Key ?? "";

    /// <summary>The job's name for people, or null.</summary>
    public string? JobName => _run.Definition.Name;

    /// <summary>The key of the executor.</summary>
    public string Executor => _run.Definition.Executor;

    /// <summary>The version of the job's definition that this attempt reads.</summary>
    public long JobVersion => _run.JobVersion;

    /// <summary>The execution that this attempt belongs to: the same for every attempt, so it serves as an idempotency key.</summary>
    public ExecutionId ExecutionId => _run.Id;

    /// <summary>What caused the execution.</summary>
    public ExecutionTrigger Trigger => _run.Trigger;

    /// <summary>The slot it runs for; null for a manual run.</summary>
    public Instant? ScheduledFor => _run.Slots?.Last;

    /// <summary>How many earlier slots are counted into this run because they were missed.</summary>
    public long MissedCount => _run.Slots is { } slots ? slots.Count - 1 : 0;

    /// <summary>When the work was to start: slot + spread, or when it was asked for.</summary>
    public Instant DueAt => _run.DueAt;

    /// <summary>When this attempt started.</summary>
    public Instant StartedAt => _run.StartedAt;

    /// <summary>Which start of the execution this is, from 1.</summary>
    public int Attempt => _run.Attempt;

    /// <summary>The fencing token: higher than that of every earlier start of the job. Hand it to what you write to, so that a late writer can be refused.</summary>
    public long Token => _run.Token;

    /// <summary>The execution of the job that started before this one, or null.</summary>
    public RunSummary? PreviousRun => _run.PreviousRun;

    /// <summary>When the start of the job's last successful run was, or null.</summary>
    public Instant? LastSuccessAt => _run.LastSuccessAt;

    /// <summary>The trace in which the run was asked for, as a W3C traceparent; null for a scheduled run and where nobody traced. The run's span has a link to it.</summary>
    public string? TraceParent => _run.TraceParent;

    /// <summary>The job's payload.</summary>
    public JobPayload Payload => _run.Definition.Payload;

    /// <summary>Why the attempt's cancellation token fired; None while it has not.</summary>
    public RunCancelReason CancelReason => _active?.CancelReason ?? RunCancelReason.None;

    /// <summary>Reads the payload.</summary>
    /// <typeparam name="T">The type to read it as.</typeparam>
    /// <param name="type">How to read it, from a source-generated serializer context.</param>
    /// <returns>The value.</returns>
    /// <exception cref="PayloadInvalidException">There is no payload, or it is not what <paramref name="type"/> expects. Let it pass: the execution fails with <see cref="ExecutionReason.PayloadInvalid"/> and is not retried.</exception>
    public T GetPayload<T>(JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);
        try
        {
            return Payload.Read(type) is { } value ? value : throw new PayloadInvalidException($"Job {JobKey} has no payload, and its executor reads {typeof(T).Name}.", inner: null);
        }
        catch (JsonException broken)
        {
            throw new PayloadInvalidException($"The payload of job {JobKey} ({Payload}) cannot be read as {typeof(T).Name}: {broken.Message}", broken);
        }
    }

    /// <summary>What the run is doing now, in its own words, for whoever looks at it; at most 64 characters, longer ones are cut. Null (the default) when it never said. Shown on the execution within seconds, and kept.</summary>
    public string? Phase
    {
        get => Journal?.Progress?.Phase;
        set
        {
            var phase = StorableText.Clean(Masked(value), RunProgress.MaximumPhaseLength);
            WritableJournal().SetProgress(progress => progress with { Phase = phase });
        }
    }

    /// <summary>Says how far the run has come. Only the latest word is kept, so it may be said as often as one likes.</summary>
    /// <param name="done">How much is done, in a unit of one's own; not negative.</param>
    /// <param name="total">How much there is to do, not negative; null (the default) when it is not known.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public void ReportProgress(long done, long? total = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(done);
        if (total is { } given)
            ArgumentOutOfRangeException.ThrowIfNegative(given, nameof(total));
        WritableJournal().SetProgress(progress => progress with { Done = done, Total = total });
    }

    /// <summary>Reports something for the run's history. Never waits: events gather here and are written with the lease's next renewal or with the run's result.</summary>
    /// <param name="level">How much it matters. After an <see cref="RunEventLevel.Error"/> a success counts as <see cref="ExecutionStatus.CompletedWithErrors"/>.</param>
    /// <param name="name">What happened, such as <c>page.skipped</c>; at most 128 characters, longer ones are cut.</param>
    /// <param name="text">What there is to say about it, or null; at most 4,096 characters, longer ones are cut.</param>
    /// <remarks>An execution keeps 200 events and 64 KB of them over all its attempts; what comes beyond is counted and dropped.</remarks>
    /// <exception cref="ArgumentException">The name is empty or the level unknown.</exception>
    public void Report(RunEventLevel level, string name, string? text = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!Enum.IsDefined(level))
            throw new ArgumentOutOfRangeException(nameof(level), level, "The level is unknown: give Information, Warning or Error.");
        WritableJournal().Add(level, StorableText.Clean(Masked(name), RunEvent.MaximumNameLength)!, StorableText.Clean(Masked(text), RunEvent.MaximumTextLength));
    }

    /// <summary>Reads one of the tenant's secrets (<see cref="ITenantJobs.Secrets"/>), as it is now. What is handed out here is replaced by a mask in everything that is written about this run: messages, errors and events.</summary>
    /// <param name="name">The secret's name.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The secret. Keep it for as short a time as possible, and out of logs.</returns>
    /// <exception cref="SecretNotFoundException">The tenant has no such secret.</exception>
    /// <exception cref="Secrets.SecretUnreadableException">The secret cannot be decrypted here.</exception>
    /// <exception cref="InvalidOperationException">No key to decrypt with is configured, or the context was made without an engine.</exception>
    public async ValueTask<string> GetSecretAsync(string name, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (_active is null)
            throw new InvalidOperationException("This context was made without an engine and has no secrets.");
        var value = await _active.Environment.Secrets.ReadAsync(Tenant, name, ct).ConfigureAwait(false) ?? throw new SecretNotFoundException(Tenant, name);
        LazyInitializer.EnsureInitialized(ref _redactor, static () => new SecretRedactor()).Add(value);
        return value;
    }

    /// <summary>A text without the secrets that were handed out to this run: each is replaced by the mask. What the library itself writes about the run is masked already; use it for what is logged or sent elsewhere.</summary>
    /// <param name="text">The text, or null.</param>
    /// <returns>The text with masks; null for null.</returns>
    public string? Masked(string? text) => Redactor is { } redactor ? redactor.Clean(text) : text;

    /// <summary>The secrets that were handed out; null for none.</summary>
    internal SecretRedactor? Redactor => Volatile.Read(ref _redactor);

    /// <summary>What the run reported; null when it reported nothing.</summary>
    internal RunJournal? Journal => Volatile.Read(ref _journal);

    private RunJournal WritableJournal() => LazyInitializer.EnsureInitialized(ref _journal, () => new RunJournal(_run, Now));

    /// <summary>The store's clock, as far as this node can tell: what it said at the start, plus what has passed here.</summary>
    private Instant Now() => _active is null ? _run.StartedAt : _run.StartedAt + _active.Environment.Clock.Since(_active.StartedStamp);
}
