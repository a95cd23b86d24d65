using Scheduling.Secrets;

namespace Scheduling.Hosting;

/// <summary>The settings of the scheduler in this process: the section "Scheduling". Every default is meant for production.</summary>
/// <remarks>
/// Read once, at the start; later changes of the configuration count at the next start. Checked as a whole at the start, with every problem named. Durations are written
/// <c>[d.]hh:mm:ss[.fff]</c> in configuration; a bare number is refused, because it would mean days.
/// </remarks>
public sealed class SchedulingOptions
{
    /// <summary>The name of the configuration section: <c>Scheduling</c>.</summary>
    public const string SectionName = "Scheduling";

    /// <summary>What this process does. Default <see cref="SchedulingRole.RunAndControl"/>.</summary>
    public SchedulingRole Role { get; set; }

    /// <summary>What the host's start does about the store. Default <see cref="StartupMode.Background"/>: it does not wait.</summary>
    public StartupMode Startup { get; set; }

    /// <summary>The node's label in history and logs, 1-128 characters. Default: the machine's name. Nodes may share one: leases belong to the process.</summary>
    public string Node { get; set; } = Environment.MachineName;

    /// <summary>The most runs at once in this process, 1-100,000. Default 256.</summary>
    public int MaxConcurrentRuns { get; set; } = 256;

    /// <summary>How long this process's lease is: a dead process's work starts elsewhere after it. 1 s - 7 d and at least three times <see cref="RenewInterval"/>. Default 30 s.</summary>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the lease is renewed while something runs, 100 ms - 1 d. Default 10 s.</summary>
    public TimeSpan RenewInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How late a run may be and still be an ordinary one, 0 - 365 d; later ones are up to the job's misfire policy. Default 60 s.</summary>
    public TimeSpan MisfireThreshold { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a run may go on after its token fired before it is settled without it, 0 - 7 d. Default 30 s.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the loop looks although nothing woke it, with a store that sends wakes, 100 ms - 60 s. Default 30 s.</summary>
    public TimeSpan SafetyPollInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the loop looks with a store that sends no wakes, 100 ms - 60 s. Default 5 s.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often housekeeping runs while there is work, 100 ms - 7 d. Default 10 s.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long ended executions are kept, 1 min - 3,650 d. Default 30 d.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long due work may wait for an executor that nobody has before its job is parked, 1 s - 365 d. Default 10 min.</summary>
    public TimeSpan ParkAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long one call to the store may take, 100 ms - 10 min. Default 10 s.</summary>
    public TimeSpan StoreTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the host gives a stop, 0 - 7 d: set it to what <c>HostOptions.ShutdownTimeout</c> is. Running work is cancelled 5 s before it is over. Default 30 s, as the host's.</summary>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long due work may wait before the health check says so, 1 s - 365 d. Default 5 min.</summary>
    public TimeSpan OverdueAlarm { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Jobs whose last success the health check watches, at most 100. In configuration a list, <c>LastSuccessAlarms:0:Tenant</c>, <c>:Job</c> and <c>:OlderThan</c>. None by default.</summary>
    public IList<LastSuccessAlarm> LastSuccessAlarms { get; } = [];

    /// <summary>How long one call of an <see cref="IExecutionObserver"/> may take before it is left behind, 100 ms - 10 min. Default 10 s.</summary>
    public TimeSpan ObserverTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether metrics of runs carry the tenant. Default false: with many tenants it makes many time series.</summary>
    public bool TenantMetrics { get; set; }

    /// <summary>Settings of single executors, by the executor's key. Keys are compared ordinally.</summary>
    public IDictionary<string, ExecutorOptions> Executors { get; } = new Dictionary<string, ExecutorOptions>(StringComparer.Ordinal);

    /// <summary>Which jobs tenants may have. By default everything is allowed.</summary>
    public AdmissionOptions Admission { get; } = new();

    /// <summary>The keys that encrypt tenants' secrets: the first one seals, all of them open. In configuration a list, <c>Secrets:Keys:0:Id</c> and <c>Secrets:Keys:0:Value</c> (32 bytes in Base64). None by default: then secrets cannot be set. An <see cref="ISecretProtector"/> among the services takes their place.</summary>
    public IList<SecretKey> SecretKeys { get; } = [];

    /// <summary>The sets of jobs that the configuration has, one for each tenant.</summary>
    internal List<JobSetDeclaration> JobSets { get; } = [];

    /// <summary>What could not be read from the configuration; reported together with what is out of range.</summary>
    internal List<string> Unreadable { get; } = [];
}
