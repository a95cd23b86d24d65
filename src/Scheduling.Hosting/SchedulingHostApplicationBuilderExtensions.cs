using Microsoft.Extensions.Hosting;
using Scheduling.Hosting;

namespace Scheduling;

/// <summary>Adds the scheduler to a host.</summary>
public static class SchedulingHostApplicationBuilderExtensions
{
    /// <summary>Adds the scheduler, with settings from the section "Scheduling" of the host's configuration; otherwise as <see cref="SchedulingServiceCollectionExtensions.AddScheduling"/>.</summary>
    /// <typeparam name="TBuilder">The kind of host.</typeparam>
    /// <param name="builder">The host's builder.</param>
    /// <param name="configure">Chooses the store, adds executors and jobs, sets settings; null for nothing of it.</param>
    /// <returns>The host's builder.</returns>
    public static TBuilder AddScheduling<TBuilder>(this TBuilder builder, Action<SchedulingBuilder>? configure = null)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddScheduling(scheduling =>
        {
            scheduling.UseDefaultSection(builder.Configuration);
            configure?.Invoke(scheduling);
        });
        return builder;
    }
}
