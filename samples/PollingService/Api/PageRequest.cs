using Scheduling;

namespace PollingService.Api;

/// <summary>Checks which page a client asks for.</summary>
internal static class PageRequest
{
    public const int Default = 100;

    public static int Size(int? size)
    {
        var asked = size ?? Default;
        return asked is >= 1 and <= ExecutionQuery.MaximumPageSize
            ? asked
            : throw new SchedulingValidationException(new ValidationError { Field = "size", Message = $"size is out of range: give 1 to {ExecutionQuery.MaximumPageSize}." });
    }
}
