using System.Diagnostics.CodeAnalysis;
using NodaTime;
using Scheduling.Planning;
using Scheduling.Policies;
using Scheduling.Storage;

namespace Scheduling;

/// <summary>The way into a store for programs: hands out tenants' jobs and sets tenants' limits. One per store, for the life of the program.</summary>
/// <remarks>Thread-safe. Needs no engine: a process that only administers jobs uses it alone.</remarks>
public sealed class JobScheduler
{
    private readonly ISchedulingStore _store;
    private readonly JobEdits _edits;
    private readonly TimeProvider _time;

    /// <summary>Opens a store for programs. With the hosting package, take the scheduler from the services instead.</summary>
    /// <param name="store">The store; ready, or made ready by an engine.</param>
    /// <param name="zones">The zone data; null for those that come with NodaTime.</param>
    /// <param name="time">The time that new ids carry, which only orders them; null for the system's. Every decision uses the store's now.</param>
    [Experimental("SCHED0001")]
    public JobScheduler(ISchedulingStore store, IDateTimeZoneProvider? zones = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
        _edits = new JobEdits(new DuePlanner(zones));
        _time = time ?? TimeProvider.System;
    }

    /// <summary>One tenant's jobs.</summary>
    /// <param name="tenant">The tenant; need not exist before.</param>
    /// <returns>The jobs; cheap to make.</returns>
    /// <exception cref="SchedulingValidationException">The default tenant id was given.</exception>
    public ITenantJobs ForTenant(TenantId tenant) => new TenantJobs(_store, _edits, _time, Named(tenant));

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

    private static TenantId Named(TenantId tenant)
    {
        IdentityText.Require(tenant.Value, "tenant");
        return tenant;
    }
}
