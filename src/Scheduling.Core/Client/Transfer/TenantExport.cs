namespace Scheduling;

/// <summary>How much of a tenant was exported.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record TenantExport
{
    /// <summary>The jobs that were written.</summary>
    public long Jobs { get; internal init; }

    /// <summary>The names of secrets that were written; values never are.</summary>
    public long Secrets { get; internal init; }

    /// <summary>The keys of jobs that were left out because what is stored of them cannot be read (<see cref="JobFaultReason.Unreadable"/>); at most 100 are listed.</summary>
    public IReadOnlyList<string> Unreadable { get; internal init; } = [];
}
