using System.Net;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Scheduling.Running;
using Scheduling.TestKit.Services;

[assembly: AssemblyFixture(typeof(ServiceCluster))]

namespace ScheduledJobsService.Tests;

/// <summary>The service as its clients meet it: ann may use the instances 42 and "west wing", bob may use 7.</summary>
internal sealed class Service : IAsyncDisposable
{
    public const string Cron = """{"instanceId":"42","workflow":{"do":"nothing"},"frequencyType":"CRON_BASED","cronExpression":"0 0 * * *"}""";
    public const string Interval = """{"instanceId":"42","workflow":{"do":"nothing"},"frequencyType":"INTERVAL_BASED","intervalMinutes":10}""";

    private Service(ServiceServer server) => Server = server;

    public ServiceServer Server { get; }

    public static async Task<Service> StartAsync<TStore>(ExecutorCallback? execute = null)
        where TStore : IServiceStore, new()
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Callers:ann:Key"] = "ann-key",
            ["Callers:ann:Instances:0"] = "42",
            ["Callers:ann:Instances:1"] = "west wing",
            ["Callers:bob:Key"] = "bob-key",
            ["Callers:bob:Instances:0"] = "7",
        };
        return new(await ServiceServer.StartAsync(new TStore(), settings, (builder, store) => ScheduledJobsApplication.AddTo(builder, store, execute), ScheduledJobsApplication.Map));
    }

    public async Task<(HttpStatusCode Status, JsonObject Body)> SendAsync(HttpMethod method, string path, string? body = null, string? key = "ann-key")
    {
        var (status, text) = await Server.SendAsync(method, path, body, key);
        return (status, text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject());
    }

    public Task<JsonObject> CreateAsync(string body, string key = "ann-key") => SendAsync(HttpMethod.Post, "/scheduledJobs", body, HttpStatusCode.Created, key);

    public Task<JsonObject> UpdateAsync(JsonObject job, string body) => SendAsync(HttpMethod.Patch, PathOf(job), body, HttpStatusCode.OK);

    public Task<JsonObject> ReadAsync(string path) => SendAsync(HttpMethod.Get, path, body: null, HttpStatusCode.OK);

    public Task<JsonObject> ReadAsync(JsonObject job) => ReadAsync(PathOf(job));

    /// <summary>The history of instance 42, newest first.</summary>
    public async Task<JsonArray> HistoryAsync() => (await ReadAsync("/instances/42/jobHistory"))["items"]!.AsArray();

    /// <summary>Lets time pass until a job's next run has ended.</summary>
    public async Task RunNextAsync(JsonObject job) => await Server.LeapAsync(TimeOf((await ReadAsync(job))["nextRun"])!.Value);

    public static string PathOf(JsonObject job) => $"/scheduledJobs/{job["id"]}";

    public static Instant? TimeOf(JsonNode? text) => text is null ? null : InstantPattern.ExtendedIso.Parse((string)text!).Value;

    /// <summary>The fields that a refusal names.</summary>
    public static IEnumerable<string> FieldsOf(JsonObject problem) => problem["errors"]!.AsArray().Select(static error => (string)error!["field"]!);

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private async Task<JsonObject> SendAsync(HttpMethod method, string path, string? body, HttpStatusCode expected, string key = "ann-key")
    {
        var (status, answer) = await SendAsync(method, path, body, key);
        Assert.True(status == expected, $"{status}: {answer.ToJsonString()}{Server.Logs.LastProblem}");
        return answer;
    }
}
