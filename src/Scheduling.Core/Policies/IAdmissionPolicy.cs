namespace Scheduling.Policies;

/// <summary>Says which rules hold for a tenant: from a plan it pays for, a table, a file. Asked before each write of a job, outside of any transaction.</summary>
/// <remarks>Called from many threads. Should answer from memory: what it throws reaches the caller of the write, and nothing is stored.</remarks>
public interface IAdmissionPolicy
{
    /// <summary>The rules of a tenant.</summary>
    /// <param name="tenant">The tenant; may have no jobs yet.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The rules; <see cref="AdmissionRules.None"/> for a tenant that may do everything.</returns>
    ValueTask<AdmissionRules> GetRulesAsync(TenantId tenant, CancellationToken ct);
}
