using System.Net;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Scheduling.Running;
using Scheduling.TestKit.Services;

[assembly: AssemblyFixture(typeof(ServiceCluster))]

namespace PollingService.Tests;

/// <summary>The service as its clients meet it: two accounts, acme and globex. Tests begin on Wednesday 2026-03-04 at 15:30:20.</summary>
internal sealed class Service : IAsyncDisposable
{
    private Service(ServiceServer server) => Server = server;

    public ServiceServer Server { get; }

    public static async Task<Service> StartAsync<TStore>(ExecutorCallback? execute = null)
        where TStore : IServiceStore, new()
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["ApiKeys:acme"] = "acme-key", ["ApiKeys:globex"] = "globex-key" };
        return new(await ServiceServer.StartAsync(new TStore(), settings, (builder, store) => PollingApplication.AddTo(builder, store, execute), PollingApplication.Map));
    }

    public async Task<(HttpStatusCode Status, JsonObject Body)> SendAsync(HttpMethod method, string path, string? body = null, string? key = "acme-key")
    {
        var (status, text) = await Server.SendAsync(method, path, body, key);
        return (status, text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject());
    }

    public Task<JsonObject> CreateAsync(string body, string key = "acme-key") => SendAsync(HttpMethod.Post, "/integrationInstances", body, HttpStatusCode.Created, key);

    public Task<JsonObject> UpdateAsync(JsonObject instance, string body) => SendAsync(HttpMethod.Patch, PathOf(instance), body, HttpStatusCode.OK);

    public Task<JsonObject> ReadAsync(string path) => SendAsync(HttpMethod.Get, path, body: null, HttpStatusCode.OK);

    public Task<JsonObject> ReadAsync(JsonObject instance) => ReadAsync(PathOf(instance));

    public Task<JsonObject> InvokeAsync(JsonObject instance) => SendAsync(HttpMethod.Post, PathOf(instance) + "/invoke", body: null, HttpStatusCode.OK);

    /// <summary>Invokes an instance and waits for the end of the run; time stands.</summary>
    public async Task RunAsync(JsonObject instance)
    {
        var run = (string)(await InvokeAsync(instance))["integrationJobId"]!;
        await Server.Time.UntilAsync(() => RunsAsync("").Result.Any(job => string.Equals((string?)job["id"], run, StringComparison.Ordinal) && job["endDate"] is not null));
    }

    /// <summary>The runs that a query finds, newest first.</summary>
    public async Task<IReadOnlyList<JsonObject>> RunsAsync(string query) => [.. (await ReadAsync("/integrationJobs" + query))["jobs"]!.AsArray().Select(static run => run!.AsObject())];

    public async Task<Instant?> NextRunAsync(JsonObject instance) => TimeOf((await ReadAsync(instance))["nextRun"]);

    /// <summary>Lets time pass until an instance's next run has ended.</summary>
    public async Task RunNextAsync(JsonObject instance) => await Server.LeapAsync((await NextRunAsync(instance))!.Value);

    public static string PathOf(JsonObject instance) => $"/integrationInstances/{instance["id"]}";

    public static Instant? TimeOf(JsonNode? text) => text is null ? null : InstantPattern.ExtendedIso.Parse((string)text!).Value;

    /// <summary>The fields that a refusal names.</summary>
    public static IEnumerable<string> FieldsOf(JsonObject problem) => problem["errors"]!.AsArray().Select(static error => (string)error!["field"]!);

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private async Task<JsonObject> SendAsync(HttpMethod method, string path, string? body, HttpStatusCode expected, string key = "acme-key")
    {
        var (status, answer) = await SendAsync(method, path, body, key);
        Assert.True(status == expected, $"{status}: {answer.ToJsonString()}{Server.Logs.LastProblem}");
        return answer;
    }
}
