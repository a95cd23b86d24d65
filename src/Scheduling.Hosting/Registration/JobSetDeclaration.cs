namespace Scheduling.Hosting;

/// <summary>A set of jobs that a program, or its configuration, wants a tenant to have.</summary>
internal sealed class JobSetDeclaration
{
    /// <summary>The tenant, not yet checked.</summary>
    public required string Tenant { get; init; }

    /// <summary>The set, not yet checked.</summary>
    public required JobSet Set { get; init; }

    /// <summary>How it is reconciled.</summary>
    public ReconcileOptions Options { get; init; } = new();

    /// <summary>How the program said it, for messages: a call or a configuration path.</summary>
    public required string Title { get; init; }

    /// <summary>Where the jobs stand in the configuration, by key; empty for a set of code.</summary>
    public IReadOnlyDictionary<string, ConfiguredJob> Configured { get; init; } = new Dictionary<string, ConfiguredJob>(StringComparer.Ordinal);

    /// <summary>What is wrong with a job, each problem with the place where it was written.</summary>
    public IEnumerable<string> Problems(JobDefinition definition, Exception refusal)
    {
        if (definition.Key is { } key && Configured.TryGetValue(key, out var configured))
            return configured.Problems(refusal);
        return [$"{Title}, job '{definition.Key}': {refusal.Message}"];
    }
}
