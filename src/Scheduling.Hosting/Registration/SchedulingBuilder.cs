using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Scheduling.Running;
using Scheduling.Storage;

namespace Scheduling.Hosting;

/// <summary>Says what the scheduler of a program consists of: its store, its executors, its settings, and jobs that must be there.</summary>
/// <remarks>Not thread-safe; used while services are being registered. Nothing is checked here but missing arguments: the host's start lists every problem at once.</remarks>
public sealed class SchedulingBuilder
{
    /// <summary>The configuration section that settings are read from: <c>Scheduling</c>.</summary>
    public const string SectionName = SchedulingOptions.SectionName;

    internal SchedulingBuilder(IServiceCollection services) => Services = services;

    /// <summary>The program's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Keeps jobs and history in this process's memory, which is the default: nothing survives the process.</summary>
    /// <param name="maximumHistory">How many ended executions are kept, at least 1; the oldest go first. Default 100,000.</param>
    /// <returns>The builder.</returns>
    public SchedulingBuilder UseInMemory(int maximumHistory = InMemoryStore.DefaultMaximumHistory)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumHistory, 1);
        return UseStore(nameof(UseInMemory), services => new InMemoryStore(services.GetRequiredService<TimeProvider>(), maximumHistory));
    }

    /// <summary>Keeps jobs and history in a store of another package, which calls this from its own <c>UseX</c>.</summary>
    /// <remarks>Choosing stores of two different names is a start error that names both; of the same name, the last one counts.</remarks>
    /// <param name="name">How the program chose it, for messages: <c>UseSqlite</c>.</param>
    /// <param name="create">Makes the one store of the program; disposed with the services.</param>
    /// <returns>The builder.</returns>
    [Experimental("SCHED0001")]
    public SchedulingBuilder UseStore(string name, Func<IServiceProvider, ISchedulingStore> create)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(create);
        Services.AddSingleton(new StoreDeclaration { Name = name, Create = create });
        return this;
    }

    /// <summary>Adds an executor that is a class. Each attempt gets a scope of its own, and from it the class with what its constructor asks for; both are disposed after the attempt.</summary>
    /// <remarks>The class is registered as a scoped service unless the program has registered it already. What its constructor, its dependencies or its disposal throw fails the run, never the loop.</remarks>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="key">The key that jobs name, such as <c>integration.sync</c>: 1-128 characters, used once. It is stored; the class's name is not.</param>
    /// <param name="maxConcurrentRuns">The most runs of this executor at once in this process, 1-100,000; null (the default) for no limit of its own. The setting <c>Executors:{key}:MaxConcurrentRuns</c> wins over it.</param>
    /// <returns>The builder.</returns>
    public SchedulingBuilder AddExecutor<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(string key, int? maxConcurrentRuns = null)
        where T : class, IJobExecutor
    {
        ArgumentNullException.ThrowIfNull(key);
        Services.TryAddScoped<T>();
        return Add(key, typeof(T).FullName ?? typeof(T).Name, maxConcurrentRuns, ExecuteAsync);

        static ValueTask<JobResult> ExecuteAsync(IServiceProvider services, JobContext run, CancellationToken ct) => services.GetRequiredService<T>().ExecuteAsync(run, ct);
    }

    /// <summary>Adds an executor that is a function.</summary>
    /// <param name="key">The key that jobs name: 1-128 characters, used once.</param>
    /// <param name="execute">Does the work of one attempt; see <see cref="IJobExecutor.ExecuteAsync"/>.</param>
    /// <param name="maxConcurrentRuns">The most runs of this executor at once in this process, 1-100,000; null (the default) for no limit of its own.</param>
    /// <returns>The builder.</returns>
    public SchedulingBuilder AddExecutor(string key, ExecutorCallback execute, int? maxConcurrentRuns = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(execute);
        return Add(key, "a delegate", maxConcurrentRuns, (_, run, ct) => execute(run, ct), execute);
    }

    /// <summary>Adds an executor that is a function and takes services. Each attempt gets a scope of its own, disposed after the attempt.</summary>
    /// <param name="key">The key that jobs name: 1-128 characters, used once.</param>
    /// <param name="execute">Does the work of one attempt with the services of the attempt's scope.</param>
    /// <param name="maxConcurrentRuns">The most runs of this executor at once in this process, 1-100,000; null (the default) for no limit of its own.</param>
    /// <returns>The builder.</returns>
    public SchedulingBuilder AddExecutor(string key, Func<IServiceProvider, JobContext, CancellationToken, ValueTask<JobResult>> execute, int? maxConcurrentRuns = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(execute);
        return Add(key, "a delegate", maxConcurrentRuns, execute);
    }

    /// <summary>Adds a class that hears of the executions of this process. Made once, as a singleton; if the program registered the class itself, that registration counts. Adding a class again changes nothing.</summary>
    /// <remarks>Observers that are registered as <see cref="IExecutionObserver"/> among the services are told as well. A ControlOnly process has no executions.</remarks>
    /// <typeparam name="T">The class.</typeparam>
    /// <returns>The builder.</returns>
    public SchedulingBuilder AddObserver<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, IExecutionObserver
    {
        Services.TryAddSingleton<T>();
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IExecutionObserver, T>(static services => services.GetRequiredService<T>()));
        return this;
    }

    /// <summary>Adds a middleware that is a class around the work of every executor, inside those that were added before. Each attempt takes it from its own scope, with what its constructor asks for.</summary>
    /// <remarks>The class is registered as a scoped service unless the program has registered it already. With any middleware every attempt has a scope, also of executors that need none.</remarks>
    /// <typeparam name="T">The class.</typeparam>
    /// <returns>The builder.</returns>
    public SchedulingBuilder AddMiddleware<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, IExecutionMiddleware
    {
        Services.TryAddScoped<T>();
        return AddMiddleware(static (services, run, next, ct) => services.GetRequiredService<T>().InvokeAsync(run, next, ct));
    }

    /// <summary>Adds a middleware that is a function around the work of every executor, inside those that were added before; see <see cref="IExecutionMiddleware"/>.</summary>
    /// <param name="middleware">Does its part of one attempt.</param>
    /// <returns>The builder.</returns>
    public SchedulingBuilder AddMiddleware(ExecutionMiddleware middleware)
    {
        ArgumentNullException.ThrowIfNull(middleware);
        Services.AddSingleton(new MiddlewareDeclaration(middleware));
        return this;
    }

    /// <summary>
    /// Makes sure at each start that a job is there and is what the definition says, as <see cref="ITenantJobs.EnsureAsync"/> does: the active flag counts at creation only, so an operator's pause stays.
    /// Tried again while the store is down. A definition that breaks a rule is a start error.
    /// </summary>
    /// <param name="tenant">The owner, 1-128 characters.</param>
    /// <param name="definition">The job; its key is required.</param>
    /// <returns>The builder.</returns>
    public SchedulingBuilder AddJob(string tenant, JobDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(definition);
        Services.AddSingleton(new JobDeclaration { Tenant = tenant, Definition = definition });
        return this;
    }

    /// <summary>
    /// Makes a tenant's jobs equal to a set at each start, as <see cref="ITenantJobs.ReconcileAsync"/> does: creates, updates, and deletes what the set no longer has; jobs that are not the set's are left alone, and so are operators' pauses.
    /// Tried again while the store is down. A definition that breaks a rule is a start error. The section <c>Scheduling:Jobs</c> does the same without code.
    /// </summary>
    /// <param name="tenant">The owner, 1-128 characters.</param>
    /// <param name="set">The set; its name is its own among the tenant's sets.</param>
    /// <param name="options">How; null for the defaults. A dry run is refused.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The options ask for a dry run.</exception>
    public SchedulingBuilder AddJobSet(string tenant, JobSet set, ReconcileOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(set);
        if (options is { IsDryRun: true })
            throw new ArgumentException("A set of the program is written at the start: a dry run would do nothing. Ask ITenantJobs.ReconcileAsync for it.", nameof(options));
        Services.AddSingleton(new JobSetDeclaration { Tenant = tenant, Set = set, Options = options ?? new ReconcileOptions(), Title = $"AddJobSet(\"{tenant}\", \"{set.Name}\")" });
        return this;
    }

    /// <summary>Sets settings in code, after those of the configuration.</summary>
    /// <param name="configure">Sets them.</param>
    /// <returns>The builder.</returns>
    public SchedulingBuilder Configure(Action<SchedulingOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Services.Configure(configure);
        return this;
    }

    /// <summary>Reads settings from this configuration section instead of "Scheduling". Called again, the later section is read after the earlier one.</summary>
    /// <param name="section">The section whose children are the settings.</param>
    /// <returns>The builder.</returns>
    public SchedulingBuilder Configure(IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        Services.AddSingleton(new SettingsSource { Section = section, IsDefault = false });
        return this;
    }

    internal void UseDefaultSection(IConfiguration configuration) =>
        Services.AddSingleton(new SettingsSource { Section = configuration.GetSection(SectionName), IsDefault = true });

    private SchedulingBuilder Add(
        string key, string source, int? maxConcurrentRuns, Func<IServiceProvider, JobContext, CancellationToken, ValueTask<JobResult>> work, ExecutorCallback? withoutServices = null)
    {
        Services.AddSingleton(new ExecutorDeclaration { Key = key, Source = source, MaxConcurrentRuns = maxConcurrentRuns, Work = work, WorkWithoutServices = withoutServices });
        return this;
    }
}
