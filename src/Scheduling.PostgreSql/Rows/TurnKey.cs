namespace Scheduling.PostgreSql.Rows;

/// <summary>The name of a turn: a tenant's work for one executor.</summary>
internal readonly record struct TurnKey(TenantId Tenant, string Executor);
