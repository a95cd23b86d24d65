using Microsoft.AspNetCore.Authorization;

namespace ScheduledJobsService.Access;

/// <summary>Allows a caller the instances that came with the key, and no other. A real service asks whatever knows its customers.</summary>
internal sealed class InstanceAccess : AuthorizationHandler<InstanceRequirement, string>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, InstanceRequirement requirement, string resource)
    {
        if (resource.Length > 0 && context.User.HasClaim(ApiKeyHandler.InstanceClaim, resource))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
