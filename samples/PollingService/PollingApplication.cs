using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using PollingService.Access;
using PollingService.Api;
using PollingService.Work;
using Scheduling;
using Scheduling.Hosting;
using Scheduling.Running;

namespace PollingService;

/// <summary>Puts the service together: the scheduler and its store, who may come in, and the endpoints.</summary>
internal static class PollingApplication
{
    private const long LargestBody = 512 * 1024;

    /// <param name="builder">The program.</param>
    /// <param name="store">Chooses the store; null for what the configuration says: PostgreSQL with a connection string named Scheduling, memory without.</param>
    /// <param name="execute">Pulls the integrations' data; null for the sample's own executor.</param>
    public static void AddTo(WebApplicationBuilder builder, Action<SchedulingBuilder>? store = null, ExecutorCallback? execute = null)
    {
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Limits.MaxRequestBodySize = LargestBody);
        builder.AddScheduling(s =>
        {
            // One executor for each kind of integration, so that a kind can be paused, limited and listed by itself.
            foreach (var definition in Definition.All)
                s.AddExecutor(Definition.ExecutorOf(definition), execute ?? Integration.PullAsync);
            if (store is not null)
                store(s);
            else if (builder.Configuration.GetConnectionString("Scheduling") is { Length: > 0 } connection)
                s.UsePostgreSql(connection);
        });
        builder.Services.ConfigureHttpJsonOptions(static json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default));
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<ProblemAnswers>();
        builder.Services.AddOpenApi();
        builder.Services.AddAuthentication(ApiKeyHandler.Scheme).AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.Scheme, configureOptions: null);

        // Closed to everybody whom the configuration gives no key: nothing is reachable by omission.
        builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    public static void Map(WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapOpenApi();
        InstanceEndpoints.Map(app);
        BulkEndpoints.Map(app);
        RunEndpoints.Map(app);
    }
}
