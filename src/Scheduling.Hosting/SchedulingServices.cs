using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NodaTime;
using Scheduling.Policies;
using Scheduling.Running;
using Scheduling.Secrets;
using Scheduling.Storage;

namespace Scheduling.Hosting;

/// <summary>The services of the scheduler, each added once however often it is asked for.</summary>
internal static class SchedulingServices
{
    public static void AddTo(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<SchedulingOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<SchedulingOptions>, SettingsReader>(NewReader));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SchedulingOptions>, OptionsRules>(NewRules));
        services.TryAddSingleton(NewStore);
        services.TryAddSingleton(NewScheduler);
        AddObservers(services);
        services.TryAddSingleton(NewEngine);
        services.TryAddSingleton(NewJobs);
        services.TryAddSingleton(NewHealthCheck);
        services.TryAddSingleton(static s => new SchedulingNode(s));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SchedulingLoop>());
    }

    private static void AddObservers(IServiceCollection services)
    {
        services.TryAddSingleton(static s => new ObserverGuard(SchedulingLog.LoggerFrom(s)));
        services.TryAddSingleton(static s => new RunTracing(SchedulingLog.LoggerFrom(s), s.GetRequiredService<ObserverGuard>()));
        services.TryAddSingleton(static s => new ExecutionObservers(s.GetServices<IExecutionObserver>(), OptionsOf(s).ObserverTimeout, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ObserverGuard>()));
        services.TryAddSingleton(static s => new ClockSkew(s.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(static s => new EngineMetrics(OptionsOf(s).TenantMetrics, s.GetService<IMeterFactory>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEngineEvents, EngineLog>(static s => new EngineLog(SchedulingLog.LoggerFrom(s), s.GetRequiredService<ClockSkew>())));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEngineEvents, EngineMetrics>(static s => s.GetRequiredService<EngineMetrics>()));
    }

    private static SettingsReader NewReader(IServiceProvider services) => new(services.GetServices<SettingsSource>(), services.GetService<IConfiguration>());

    private static OptionsRules NewRules(IServiceProvider services) => new(
        services.GetServices<ExecutorDeclaration>(),
        services.GetServices<StoreDeclaration>(),
        services.GetServices<JobDeclaration>(),
        services.GetServices<JobSetDeclaration>(),
        services.GetRequiredService<TimeProvider>(),
        services.GetService<IDateTimeZoneProvider>(),
        services.GetService<IServiceProviderIsService>()?.IsService(typeof(IAdmissionPolicy)) == true);

    private static JobScheduler NewScheduler(IServiceProvider services) => new(
        services.GetRequiredService<ISchedulingStore>(),
        services.GetService<IDateTimeZoneProvider>(),
        services.GetRequiredService<TimeProvider>(),
        services.GetService<IAdmissionPolicy>() ?? OptionsAdmission.Of(OptionsOf(services).Admission),
        ProtectorOf(services));

    // Whoever asks first gets the problems of the settings before a store is made of them.
    private static ISchedulingStore NewStore(IServiceProvider services)
    {
        _ = OptionsOf(services);
        return services.GetServices<StoreDeclaration>().LastOrDefault() is { } store ? store.Create(services) : new InMemoryStore(services.GetRequiredService<TimeProvider>());
    }

    private static SchedulerEngine NewEngine(IServiceProvider services)
    {
        var options = OptionsOf(services);
        var tracing = services.GetRequiredService<RunTracing>();
        var middleware = services.GetServices<MiddlewareDeclaration>().Select(static declared => declared.Invoke).ToArray();
        var executors = services.GetServices<ExecutorDeclaration>()
            .Select(executor => new ExecutorRegistration(executor.Key, tracing.Around(executor.Bind(services, middleware)), EngineSettings.LimitOf(executor, options)));
        var engine = new SchedulerEngine(
            services.GetRequiredService<ISchedulingStore>(),
            executors,
            EngineSettings.Of(options, services.GetService<IDateTimeZoneProvider>(), ProtectorOf(services)),
            services.GetRequiredService<TimeProvider>(),
            new IsolatedEvents(EventsOf(services), services.GetRequiredService<ObserverGuard>()),
            services.GetService<EngineRuntime>());
        services.GetRequiredService<EngineMetrics>().Observe(engine, services.GetRequiredService<ClockSkew>());
        return engine;
    }

    private static IEnumerable<IEngineEvents> EventsOf(IServiceProvider services)
    {
        var observers = services.GetRequiredService<ExecutionObservers>();
        return observers.Any ? services.GetServices<IEngineEvents>().Append(observers) : services.GetServices<IEngineEvents>();
    }

    private static DeclaredJobs NewJobs(IServiceProvider services) => new(
        services.GetServices<JobDeclaration>(),
        [.. services.GetServices<JobSetDeclaration>(), .. OptionsOf(services).JobSets],
        services.GetRequiredService<JobScheduler>(),
        services.GetRequiredService<IOptions<SchedulingOptions>>(),
        services.GetRequiredService<TimeProvider>(),
        SchedulingLog.LoggerFrom(services));

    private static SchedulingHealthCheck NewHealthCheck(IServiceProvider services) => new(services);

    private static ISecretProtector? ProtectorOf(IServiceProvider services) =>
        services.GetService<ISecretProtector>() ?? (OptionsOf(services).SecretKeys is { Count: > 0 } keys ? new AesGcmSecretProtector([.. keys]) : null);

    private static SchedulingOptions OptionsOf(IServiceProvider services) => services.GetRequiredService<IOptions<SchedulingOptions>>().Value;
}
