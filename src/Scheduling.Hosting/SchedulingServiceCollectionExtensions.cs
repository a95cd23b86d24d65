using Microsoft.Extensions.DependencyInjection;
using Scheduling.Hosting;

namespace Scheduling;

/// <summary>Adds the scheduler to a program's services.</summary>
public static class SchedulingServiceCollectionExtensions
{
    /// <summary>
    /// Adds the scheduler: <see cref="JobScheduler"/> to write jobs with, and a hosted service that runs them while the host runs. Settings come from the section "Scheduling" of the
    /// registered configuration, if there is one, and then from <see cref="SchedulingBuilder.Configure(Action{SchedulingOptions})"/>.
    /// </summary>
    /// <remarks>
    /// Additive: calling it again adds executors and jobs to the same scheduler, and there is still one loop. A <see cref="TimeProvider"/> and a <see cref="NodaTime.IDateTimeZoneProvider"/> that are
    /// registered are used. Everything is checked when the host starts: all problems are in one <see cref="Microsoft.Extensions.Options.OptionsValidationException"/>, and nothing has started then.
    /// </remarks>
    /// <param name="services">The services.</param>
    /// <param name="configure">Chooses the store, adds executors and jobs, sets settings; null for nothing of it.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddScheduling(this IServiceCollection services, Action<SchedulingBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        SchedulingServices.AddTo(services);
        configure?.Invoke(new SchedulingBuilder(services));
        return services;
    }
}
