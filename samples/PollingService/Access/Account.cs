using Scheduling;

namespace PollingService.Access;

/// <summary>Whose jobs a request is about: those of the account that was let in, and of nobody else.</summary>
internal static class Account
{
    public static ITenantJobs JobsOf(HttpContext context) =>
        context.RequestServices.GetRequiredService<JobScheduler>().ForTenant(context.User.FindFirst(ApiKeyHandler.AccountClaim)!.Value);
}
