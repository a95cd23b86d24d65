using System.Diagnostics.CodeAnalysis;
using NodaTime;
using Scheduling.Planning;
using Scheduling.Policies;
using Scheduling.Secrets;
using Scheduling.Storage;

namespace Scheduling;

/// <summary>The way into a store for programs: hands out tenants' jobs and sets tenants' limits. One per store, for the life of the program.</summary>
/// <remarks>Thread-safe. Needs no engine: a process that only administers jobs uses it alone.</remarks>
public sealed class JobScheduler
{
    private readonly ISchedulingStore _store;
    private readonly SchedulerParts _parts;

    /// <summary>Opens a store for programs. With the hosting package, take the scheduler from the services instead.</summary>
    /// <param name="store">The store; ready, or made ready by an engine.</param>
    /// <param name="zones">The zone data; null for those that come with NodaTime.</param>
    /// <param name="time">The time that new ids carry, which only orders them; null for the system's. Every decision uses the store's now.</param>
    /// <param name="admission">Says which jobs a tenant may have; null when every tenant may have any.</param>
    /// <param name="secrets">Encrypts secrets; null when there are none: then setting one fails.</param>
    [Experimental("SCHED0001")]
    public JobScheduler(ISchedulingStore store, IDateTimeZoneProvider? zones = null, TimeProvider? time = null, IAdmissionPolicy? admission = null, ISecretProtector? secrets = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        var planner = new DuePlanner(zones);
        time ??= TimeProvider.System;
        _store = store;
        _parts = new SchedulerParts
        {
            Store = store,
            Planner = planner,
            Edits = new JobEdits(planner),
            Time = time,
            Admission = new Admission(admission, planner, time),
            Secrets = new SecretBox(secrets),
        };
    }

    /// <summary>One tenant's jobs.</summary>
    /// <param name="tenant">The tenant; need not exist before.</param>
    /// <returns>The jobs; cheap to make.</returns>
    /// <exception cref="SchedulingValidationException">The default tenant id was given.</exception>
    public ITenantJobs ForTenant(TenantId tenant) => new TenantJobs(_parts, Named(tenant));

    /// <summary>One tenant's jobs.</summary>
    /// <param name="tenant">The tenant, 1-128 characters; need not exist before.</param>
    /// <returns>The jobs; cheap to make.</returns>
    /// <exception cref="SchedulingValidationException">The name breaks the rule.</exception>
    public ITenantJobs ForTenant(string tenant) => ForTenant(new TenantId(tenant));

    /// <summary>Sets what a tenant may use, exact across all nodes; holds from the next claim on.</summary>
    /// <param name="tenant">The tenant; need not have jobs.</param>
    /// <param name="limits">The limits; <see cref="TenantLimits.None"/> lifts them.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>When it is written.</returns>
    public ValueTask SetLimitsAsync(TenantId tenant, TenantLimits limits, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return _store.Jobs.SetLimitsAsync(Named(tenant), limits, ct);
    }

    /// <summary>Reads what a tenant may use.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The limits; none for a tenant that never got any.</returns>
    public async ValueTask<TenantLimits> GetLimitsAsync(TenantId tenant, CancellationToken ct = default) =>
        (await _store.Jobs.GetTenantAsync(Named(tenant), ct).ConfigureAwait(false)).Limits;

    /// <summary>
    /// Stops a tenant, an executor or both: from the next claim on nothing in the scope starts, neither by schedule nor by run-now, jobs included that come later. What runs goes on. A pause that is already there gets the
    /// new who, why and until when, and keeps its beginning.
    /// </summary>
    /// <param name="scope">What to stop.</param>
    /// <param name="by">Who asks for it, or null.</param>
    /// <param name="reason">Why, or null.</param>
    /// <param name="until">When the pause ends by itself, after now; null for "until resumed".</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The pause as stored.</returns>
    /// <exception cref="SchedulingValidationException"><paramref name="until"/> is not after the store's now.</exception>
    public async ValueTask<ScopedPause> PauseAsync(PauseScope scope, string? by = null, string? reason = null, Instant? until = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var pause = Pause.Asked(by, reason, until);
        var request = new WritePauseRequest { Scope = scope, Decide = (current, now) => PauseEdits.Pause(current, scope, pause, now) };
        return (await _store.Pauses.WriteAsync(request, ct).ConfigureAwait(false))!;
    }

    /// <summary>Ends the pause of a scope: its jobs go on from now. What passed meanwhile is one row of each job's history and starts nothing. Pauses of other scopes stay, wider ones too.</summary>
    /// <param name="scope">What to resume.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The pause that was ended; null when there was none.</returns>
    public ValueTask<ScopedPause?> ResumeAsync(PauseScope scope, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return _store.Pauses.WriteAsync(new WritePauseRequest { Scope = scope, Decide = PauseEdits.Resume }, ct);
    }

    /// <summary>Lists the pauses of tenants and executors page by page, ordered by tenant, executor and beginning.</summary>
    /// <param name="query">Which; null for all that are in force.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The page.</returns>
    /// <exception cref="InvalidCursorException">The cursor is not from this call and question.</exception>
    public ValueTask<Page<ScopedPause>> ListPausesAsync(PauseQuery? query = null, CancellationToken ct = default) =>
        PauseListing.ReadAsync(_store.Pauses, query ?? new PauseQuery(), ct);

    /// <summary>Encrypts all tenants' secrets that another key than the current one encrypted, batch by batch. To change keys, put the new one before the old one in every process, then rotate, then drop the old one.</summary>
    /// <param name="progress">Told after each batch of 100; null for nobody.</param>
    /// <param name="ct">Ends the rotation between two secrets; what is done is done, and a new call goes on with the rest.</param>
    /// <returns>What was done. Secrets that cannot be opened are counted and left as they are.</returns>
    /// <exception cref="InvalidOperationException">No key to encrypt with is configured.</exception>
    public Task<SecretRotation> RotateSecretsAsync(IProgress<SecretRotation>? progress = null, CancellationToken ct = default) =>
        new SecretRotator(_store.Secrets, _parts.Secrets).RunAsync(progress, ct);

    /// <summary>
    /// Erases a tenant, batch by batch: its jobs, their history and events, its secrets, its limits and the pauses that name it. What is pending is cancelled; what runs is asked to end, and leaves nothing behind when it does.
    /// Jobs that somebody creates meanwhile are erased too, or not: take the tenant's access away first.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="progress">Told after each batch of at most 500 rows of a kind; null for nobody.</param>
    /// <param name="ct">Ends the erasure between two batches; what is erased is erased, and a new call goes on with the rest.</param>
    /// <returns>How much was erased; all zero when there was nothing.</returns>
    public Task<TenantErasure> EraseTenantAsync(TenantId tenant, IProgress<TenantErasure>? progress = null, CancellationToken ct = default) =>
        new TenantEraser(_store.Jobs).RunAsync(Named(tenant), progress, ct);

    private static TenantId Named(TenantId tenant)
    {
        IdentityText.Require(tenant.Value, "tenant");
        return tenant;
    }
}
