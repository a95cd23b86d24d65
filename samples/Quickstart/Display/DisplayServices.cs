using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Quickstart.CommandLine;
using Quickstart.Storage;
using Quickstart.Time;

namespace Quickstart.Display;

/// <summary>Adds what shows the runs and what ends the program.</summary>
internal static class DisplayServices
{
    /// <summary>Added before the scheduler, so that the host stops it after the scheduler: people see the last runs end.</summary>
    public static void AddDisplay(this IServiceCollection services, Arguments arguments, IReadOnlyList<string> tenants, Beginning beginning)
    {
        services.AddSingleton(s => new RunPlan(tenants, beginning, arguments.For, s.GetRequiredService<IHostApplicationLifetime>()));
        services.AddSingleton<BoardReader>();
        services.AddSingleton(s => new DisplayService(s.GetRequiredService<BoardReader>(), () => Open(arguments)));
        services.AddHostedService(static s => s.GetRequiredService<DisplayService>());
        if (arguments.For is { } length)
            services.AddHostedService(s => new StopAfter(length, s.GetRequiredService<IHostApplicationLifetime>()));
    }

    private static IDisplay Open(Arguments arguments) =>
        arguments.Plain || !Terminal.IsCapable ? new PlainLines(Console.Out) : new LiveTable(new Terminal(Console.Out), static () => Terminal.Size);
}
