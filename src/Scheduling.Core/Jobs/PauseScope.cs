namespace Scheduling;

/// <summary>What a wide pause stops: a tenant, an executor of all tenants, or one executor of one tenant; jobs that come later included.</summary>
/// <remarks>Immutable and thread-safe; equality by value.</remarks>
public sealed record PauseScope
{
    private PauseScope(TenantId? tenant, string? executor) => (Tenant, Executor) = (tenant, executor);

    /// <summary>The tenant whose jobs are stopped; null for all tenants.</summary>
    public TenantId? Tenant { get; }

    /// <summary>The key of the executor whose jobs are stopped; null for all executors.</summary>
    public string? Executor { get; }

    /// <summary>All jobs of a tenant.</summary>
    /// <param name="tenant">The tenant; need not have jobs.</param>
    /// <returns>The scope.</returns>
    /// <exception cref="SchedulingValidationException">The default tenant id was given.</exception>
    public static PauseScope ForTenant(TenantId tenant) => new(Named(tenant), executor: null);

    /// <summary>All jobs of an executor, whosever they are: a whole kind of work.</summary>
    /// <param name="executor">The executor's key, 1-128 characters; need not be known to any node.</param>
    /// <returns>The scope.</returns>
    /// <exception cref="SchedulingValidationException">The key breaks the rule.</exception>
    public static PauseScope ForExecutor(string executor) => new(tenant: null, Keyed(executor));

    /// <summary>The jobs of one executor that belong to one tenant.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="executor">The executor's key.</param>
    /// <returns>The scope.</returns>
    /// <exception cref="SchedulingValidationException">The tenant id or the key breaks the rule.</exception>
    public static PauseScope For(TenantId tenant, string executor) => new(Named(tenant), Keyed(executor));

    /// <summary>Whether a tenant's jobs for an executor are in the scope.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="executor">The executor's key.</param>
    /// <returns>True when they are.</returns>
    public bool Contains(TenantId tenant, string executor) =>
        (Tenant is null || Tenant == tenant) && (Executor is null || string.Equals(Executor, executor, StringComparison.Ordinal));

    /// <summary>The scope in words.</summary>
    /// <returns>A text such as <c>tenant 'acme'</c>.</returns>
    public override string ToString() => (Tenant, Executor) switch
    {
        ({ } tenant, null) => $"tenant '{tenant}'",
        (null, { } executor) => $"executor '{executor}'",
        _ => $"executor '{Executor}' of tenant '{Tenant}'",
    };

    private static TenantId Named(TenantId tenant)
    {
        IdentityText.Require(tenant.Value, "tenant");
        return tenant;
    }

    private static string Keyed(string executor)
    {
        IdentityText.Require(executor, "executor");
        return executor;
    }
}
