using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodaTime;
using Scheduling;
using Scheduling.Running;
using Scheduling.TestKit;

namespace PollingService.Tests;

/// <summary>The service on virtual time, in memory, asked over HTTP.</summary>
internal sealed class ServiceHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ServiceHost(WebApplication app, ManualTimeProvider time) => (_app, Time) = (app, time);

    /// <summary>A Wednesday afternoon.</summary>
    public static Instant Begin { get; } = Instant.FromUtc(2026, 3, 4, 15, 30, 20);

    public ManualTimeProvider Time { get; }

    public JobScheduler Scheduler => _app.Services.GetRequiredService<JobScheduler>();

    public static async Task<ServiceHost> StartAsync(ExecutorCallback? execute = null)
    {
        var time = new ManualTimeProvider(Begin);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ApiKeys:acme"] = "acme-key",
            ["ApiKeys:globex"] = "globex-key",
            ["Scheduling:Secrets:Keys:0:Id"] = "test",
            ["Scheduling:Secrets:Keys:0:Value"] = Convert.ToBase64String(SHA256.HashData("test"u8)),
        });
        PollingApplication.AddTo(builder, execute);
        var app = builder.Build();
        PollingApplication.Map(app);
        await app.StartAsync();
        return new ServiceHost(app, time);
    }

    public async Task<(HttpStatusCode Status, JsonObject Body)> SendAsync(HttpMethod method, string path, string? body = null, string? key = "acme-key")
    {
        using var client = _app.GetTestClient();
        using var request = new HttpRequestMessage(method, path);
        if (key is not null)
            request.Headers.Add("X-Api-Key", key);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject());
    }

    public async Task<JsonObject> CreateAsync(string body, string key = "acme-key")
    {
        var (status, created) = await SendAsync(HttpMethod.Post, "/integrationInstances", body, key);
        Assert.Equal(HttpStatusCode.Created, status);
        return created;
    }

    public async Task<JsonObject> UpdateAsync(JsonObject instance, string body)
    {
        var (status, updated) = await SendAsync(HttpMethod.Patch, $"/integrationInstances/{instance["id"]}", body);
        Assert.Equal(HttpStatusCode.OK, status);
        return updated;
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
    }
}
