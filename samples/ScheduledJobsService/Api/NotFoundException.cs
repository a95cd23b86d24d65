using System.Diagnostics.CodeAnalysis;

namespace ScheduledJobsService.Api;

/// <summary>An id names nothing that the caller may use; what belongs to somebody else is not there either. The message does not repeat the id.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "Made with the field only.")]
internal sealed class NotFoundException(string field) : Exception($"{field} names nothing that you may use.")
{
    public string Field { get; } = field;
}
