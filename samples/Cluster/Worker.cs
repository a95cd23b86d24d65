using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Scheduling;
using Scheduling.Hosting;

namespace ClusterSample;

/// <summary>One node of the cluster: an ordinary host with an executor. Everything else here is for the show.</summary>
internal static class Worker
{
    public static async Task RunAsync(Arguments arguments)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole(static console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
        builder.AddScheduling(s => s
            .UsePostgreSql(arguments.Connection!)
            .AddExecutor<SyncAccount>("sync")
            .Configure(options =>
            {
                options.Node = arguments.Worker!;
                ClusterSettings.Apply(options);
            }));
        using var host = builder.Build();

        // The supervisor says when to stop by closing the input: a stop as by SIGTERM, on any operating system.
        var lifetime = (IHostApplicationLifetime)host.Services.GetService(typeof(IHostApplicationLifetime))!;
        _ = Task.Run(async () =>
        {
            while (await Console.In.ReadLineAsync() is not null)
            {
            }
            lifetime.StopApplication();
        });
        await host.RunAsync();
    }
}
