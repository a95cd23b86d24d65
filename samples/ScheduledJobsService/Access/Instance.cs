using Microsoft.AspNetCore.Authorization;
using ScheduledJobsService.Api;
using Scheduling;

namespace ScheduledJobsService.Access;

/// <summary>An instance is a tenant of the scheduler. Nothing of it is reached but through here, where it is decided whether the caller may use it.</summary>
internal static class Instance
{
    /// <param name="context">The request, with the caller.</param>
    /// <param name="id">The instance, as a client named it.</param>
    /// <param name="field">What the client named it in. An instance that there is not and one of somebody else get the same answer.</param>
    public static async Task<ITenantJobs> JobsOfAsync(HttpContext context, string id, string field)
    {
        var decision = await context.RequestServices.GetRequiredService<IAuthorizationService>().AuthorizeAsync(context.User, id, InstanceRequirement.Policy);
        return decision.Succeeded ? context.RequestServices.GetRequiredService<JobScheduler>().ForTenant(id) : throw new NotFoundException(field);
    }
}
