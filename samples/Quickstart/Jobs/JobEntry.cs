using Scheduling;

namespace Quickstart.Jobs;

/// <summary>A job of the file: whose it is, and what it is.</summary>
internal sealed record JobEntry(string Tenant, JobDefinition Definition);
