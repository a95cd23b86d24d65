using System.Diagnostics.CodeAnalysis;
using NodaTime;
using Scheduling.Planning;
using Scheduling.Secrets;

namespace Scheduling.Running;

/// <summary>How an engine claims, renews and ends its runs. Every default is meant for production.</summary>
/// <remarks>Immutable and thread-safe. The hosting package fills it from the section "Scheduling".</remarks>
[Experimental("SCHED0001")]
public sealed record EngineOptions
{
    /// <summary>The node's label in history and logs. Default: the machine's name. Two nodes may share one: leases belong to the process.</summary>
    public string Node { get; init; } = Environment.MachineName;

    /// <summary>The most runs at once in this process, at least 1. Default 256.</summary>
    public int MaxConcurrentRuns { get; init; } = 256;

    /// <summary>How long the process's lease is. Default 30 s; at least three times <see cref="RenewInterval"/>.</summary>
    public Duration LeaseDuration { get; init; } = Duration.FromSeconds(30);

    /// <summary>How often the lease is renewed while something runs. Default 10 s.</summary>
    public Duration RenewInterval { get; init; } = Duration.FromSeconds(10);

    /// <summary>How late a run may be and still be an ordinary one. Default 60 s.</summary>
    public Duration MisfireThreshold { get; init; } = DuePlanner.DefaultMisfireThreshold;

    /// <summary>How long a run may go on after its token fired before it is settled without it. Default 30 s.</summary>
    public Duration Grace { get; init; } = Duration.FromSeconds(30);

    /// <summary>How often the engine looks although nothing told it to, with a store that sends wakes. Default 30 s, at most 60 s.</summary>
    public Duration SafetyPollInterval { get; init; } = Duration.FromSeconds(30);

    /// <summary>The same, with a store that sends none. Default 5 s, at most 60 s.</summary>
    public Duration PollInterval { get; init; } = Duration.FromSeconds(5);

    /// <summary>How often housekeeping runs while there is work. Default 10 s.</summary>
    public Duration SweepInterval { get; init; } = Duration.FromSeconds(10);

    /// <summary>How long ended executions are kept. Default 30 days.</summary>
    public Duration Retention { get; init; } = Duration.FromDays(30);

    /// <summary>How long due work may wait for an executor that nobody has before its job is parked. Default 10 minutes.</summary>
    public Duration ParkAfter { get; init; } = Duration.FromMinutes(10);

    /// <summary>How long a call to the store may take. Default 10 s.</summary>
    public Duration StoreTimeout { get; init; } = Duration.FromSeconds(10);

    /// <summary>How many unwritten results stop the claiming of more work. Default 5,000.</summary>
    public int MaxUnsettled { get; init; } = 5_000;

    /// <summary>The zone data; null (the default) for those that come with NodaTime.</summary>
    public IDateTimeZoneProvider? Zones { get; init; }

    /// <summary>Opens the secrets that runs ask for; null (the default) when there are none: then asking for one fails.</summary>
    public ISecretProtector? SecretProtector { get; init; }
}
