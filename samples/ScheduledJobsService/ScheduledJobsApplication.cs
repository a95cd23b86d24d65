using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using ScheduledJobsService.Access;
using ScheduledJobsService.Api;
using ScheduledJobsService.Work;
using Scheduling;
using Scheduling.Hosting;
using Scheduling.Running;

namespace ScheduledJobsService;

/// <summary>Puts the service together: the scheduler and its store, who may come in, and the endpoints.</summary>
internal static class ScheduledJobsApplication
{
    /// <summary>The executor that runs a job's workflow.</summary>
    public const string Executor = "workflow.run";

    private const long LargestBody = 512 * 1024;

    /// <param name="builder">The program.</param>
    /// <param name="store">Chooses the store; null for what the configuration says: PostgreSQL with a connection string named Scheduling, memory without.</param>
    /// <param name="execute">Runs the workflows; null for the sample's own executor.</param>
    public static void AddTo(WebApplicationBuilder builder, Action<SchedulingBuilder>? store = null, ExecutorCallback? execute = null)
    {
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Limits.MaxRequestBodySize = LargestBody);
        builder.AddScheduling(s =>
        {
            s.AddExecutor(Executor, execute ?? WorkflowRunner.RunAsync);
            if (store is not null)
                store(s);
            else if (builder.Configuration.GetConnectionString("Scheduling") is { Length: > 0 } connection)
                s.UsePostgreSql(connection);
        });
        builder.Services.ConfigureHttpJsonOptions(static json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default));
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<ProblemAnswers>();
        builder.Services.AddOpenApi();
        AddAccess(builder.Services);
    }

    public static void Map(WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapOpenApi();
        JobEndpoints.Map(app);
        HistoryEndpoints.Map(app);
        ConfigEndpoints.Map(app);
    }

    // Closed to everybody whom the configuration gives no key, and every instance to everybody whom it does not name: nothing is reachable by omission.
    private static void AddAccess(IServiceCollection services)
    {
        services.AddAuthentication(ApiKeyHandler.Scheme).AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.Scheme, configureOptions: null);
        services.AddSingleton<IAuthorizationHandler, InstanceAccess>();
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(InstanceRequirement.Policy, static policy => policy.AddRequirements(new InstanceRequirement()));
    }
}
