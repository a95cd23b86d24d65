using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using Scheduling.Hosting;
using Scheduling.Running;

namespace Scheduling.TestKit.Services;

/// <summary>A service with its real scheduler on virtual time, asked over HTTP.</summary>
public sealed class ServiceServer : IAsyncDisposable
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(60);

    private readonly WebApplication _app;
    private readonly IServiceStore _store;
    private readonly SchedulingLoop _loop;
    private readonly SchedulerEngine _engine;

    private ServiceServer(WebApplication app, IServiceStore store, ManualTimeProvider time)
    {
        (_app, _store, Time) = (app, store, time);
        _loop = app.Services.GetServices<IHostedService>().OfType<SchedulingLoop>().Single();
        _engine = app.Services.GetRequiredService<SchedulerEngine>();
    }

    /// <summary>When tests begin: a Wednesday afternoon.</summary>
    public static Instant Begin { get; } = Instant.FromUtc(2026, 3, 4, 15, 30, 20);

    public ManualTimeProvider Time { get; }

    public IServiceProvider Services => _app.Services;

    public JobScheduler Scheduler => Services.GetRequiredService<JobScheduler>();

    /// <summary>Everything the service and the library have logged.</summary>
    public required LogText Logs { get; init; }

    /// <param name="store">The store; disposed with the server.</param>
    /// <param name="settings">The service's settings; a key for secrets is added.</param>
    /// <param name="add">Adds the service.</param>
    /// <param name="map">Maps its endpoints.</param>
    public static async Task<ServiceServer> StartAsync(
        IServiceStore store, Dictionary<string, string?> settings, Action<WebApplicationBuilder, Action<SchedulingBuilder>> add, Action<WebApplication> map)
    {
        var time = new ManualTimeProvider(Begin);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(settings, StringComparer.Ordinal)
        {
            ["Scheduling:PollInterval"] = LongestSleep.ToString(),
            ["Scheduling:SweepInterval"] = LongestSleep.ToString(),
            ["Scheduling:Secrets:Keys:0:Id"] = "test",
            ["Scheduling:Secrets:Keys:0:Value"] = Convert.ToBase64String(SHA256.HashData("test"u8)),
        });
        var logs = new LogText();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Debug).AddProvider(logs);
        add(builder, scheduling => store.AddTo(scheduling, time));
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        var server = new ServiceServer(app, store, time) { Logs = logs };
        await time.UntilAsync(() => server._engine.Snapshot().State == EngineState.Running);
        return server;
    }

    /// <summary>Whether the scheduler sleeps; runs may be under way.</summary>
    public bool IsAsleep => _loop.WakesAt == long.MaxValue || Time.HasTimerAt(_loop.WakesAt);

    /// <summary>Whether nothing will happen until time moves: no run is under way, no result waits, and the loop sleeps.</summary>
    public bool IsAtRest => IsAsleep && _engine.Snapshot() is { Active: 0, Unsettled: 0 };

    /// <summary>Waits for the end of whatever is under way; time stands.</summary>
    public Task RestAsync() => Time.UntilAsync(() => IsAtRest);

    /// <summary>Moves time on, with rest after each timer.</summary>
    public Task AdvanceAsync(Duration by) => Time.AdvanceAsync(by.ToTimeSpan(), () => IsAtRest);

    /// <summary>Moves the wall clock to an instant at once and lets the scheduler look: a day costs what a minute does. What is due by then has run when this ends, a minute later at most.</summary>
    public async Task LeapAsync(Instant to)
    {
        await RestAsync();
        Time.Jump((to - Time.Now).ToTimeSpan());
        await AdvanceAsync(Duration.FromTimeSpan(LongestSleep));
    }

    public async Task<(HttpStatusCode Status, string Text)> SendAsync(HttpMethod method, string path, string? body = null, string? key = null)
    {
        using var client = _app.GetTestClient();
        using var request = new HttpRequestMessage(method, path);
        if (key is not null)
            request.Headers.Add("X-Api-Key", key);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _app.StopAsync(new CancellationToken(canceled: true));
        }
        catch (OperationCanceledException)
        {
            // The host says that it had no time, which is what was asked for.
        }
        await _app.DisposeAsync();
        await _store.DisposeAsync();
    }
}
