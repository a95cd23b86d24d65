using Scheduling;

namespace ScheduledJobsService.Api;

/// <summary>Checks which page a client asks for.</summary>
internal static class PageRequest
{
    public const int Default = 100;

    public static int Size(int? first)
    {
        var size = first ?? Default;
        return size is >= 1 and <= ExecutionQuery.MaximumPageSize
            ? size
            : throw new SchedulingValidationException(new ValidationError { Field = "first", Message = $"first is out of range: give 1 to {ExecutionQuery.MaximumPageSize}." });
    }
}
