using Microsoft.AspNetCore.Authorization;

namespace ScheduledJobsService.Access;

/// <summary>The caller must be one who may use the instance.</summary>
internal sealed class InstanceRequirement : IAuthorizationRequirement
{
    public const string Policy = "instance";
}
