using Microsoft.AspNetCore.Authentication;
using PollingService.Access;
using PollingService.Api;
using Scheduling;
using Scheduling.Running;

namespace PollingService;

/// <summary>Puts the service together: the scheduler, who may come in, and the endpoints.</summary>
internal static class PollingApplication
{
    /// <summary>The executor that pulls an integration's data; a real service does its work here.</summary>
    public const string Executor = "integration.sync";

    public static void AddTo(WebApplicationBuilder builder, ExecutorCallback? execute = null)
    {
        builder.AddScheduling(s => s.AddExecutor(Executor, execute ?? PullAsync));
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<ProblemAnswers>();
        builder.Services.AddAuthentication(ApiKeyHandler.Scheme).AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.Scheme, configureOptions: null);

        // Closed to everybody whom the configuration gives no key: nothing is reachable by omission.
        builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    public static void Map(WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseAuthentication();
        app.UseAuthorization();
        InstanceEndpoints.Map(app);
        RunEndpoints.Map(app);
    }

    private static ValueTask<JobResult> PullAsync(JobContext run, CancellationToken ct)
    {
        run.Report(RunEventLevel.Information, "pull.done", "nothing to pull in this sample");
        return ValueTask.FromResult(JobResult.Success());
    }
}
